package io.sluice.app.config;

import io.sluice.app.sandbox.Fault;
import io.sluice.app.sandbox.SandboxFaults;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The outer world that development brings along.
 *
 * @param providerPort 0: the port of the last time on this data directory, or any
 * @param carrierPort the same for the carrier
 * @param answerAfter how long each request is thought about
 * @param rates how often each fault strikes
 */
public record Sandbox(int providerPort, int carrierPort, Duration answerAfter, Map<Fault, Double> rates) {

    public Sandbox {
        rates = Map.copyOf(rates);
    }

    static Sandbox read(Section section) {
        int providerPort = section.port("provider_port", 0);
        int carrierPort = section.port("carrier_port", 0);
        Duration answerAfter = section.duration("answer_after", Duration.ZERO);
        Map<Fault, Double> rates = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            double usual = SandboxFaults.UNTIDY.rates().getOrDefault(fault, 0.0);
            rates.put(fault, section.rate(fault.word() + "_rate", usual));
        }
        return new Sandbox(providerPort, carrierPort, answerAfter, rates);
    }
}
