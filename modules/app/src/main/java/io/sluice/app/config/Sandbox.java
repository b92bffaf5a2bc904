package io.sluice.app.config;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outer world that development brings along.
 *
 * @param providerPort 0: the port of the last time on this data directory, or any
 * @param carrierPort the same for the carrier
 * @param answerAfter how long each request is thought about
 * @param rates how often each fault strikes, by its name without {@code _rate}
 */
public record Sandbox(int providerPort, int carrierPort, Duration answerAfter, Map<String, Double> rates) {

    private static final Map<String, Double> USUAL = Map.ofEntries(
            Map.entry("duplicate", 0.1),
            Map.entry("late", 0.05),
            Map.entry("reorder", 0.05),
            Map.entry("error", 0.0),
            Map.entry("timeout", 0.0),
            Map.entry("lost_answer", 0.0),
            Map.entry("decline", 0.0),
            Map.entry("challenge", 0.0),
            Map.entry("mismatch", 0.0),
            Map.entry("capture_fails", 0.0),
            Map.entry("refund_fails", 0.0),
            Map.entry("capture_fails_late", 0.0),
            Map.entry("refund_fails_late", 0.0),
            Map.entry("dispute", 0.0),
            Map.entry("dispute_won", 0.0),
            Map.entry("parcel_refused", 0.0),
            Map.entry("parcel_stopped", 0.0),
            Map.entry("parcel_lost", 0.0),
            Map.entry("parcel_returned", 0.0));

    public Sandbox {
        rates = Map.copyOf(rates);
    }

    static Sandbox read(Section section) {
        int providerPort = section.port("provider_port", 0);
        int carrierPort = section.port("carrier_port", 0);
        Duration answerAfter = section.duration("answer_after", Duration.ZERO);
        Map<String, Double> rates = new TreeMap<>();
        USUAL.forEach((name, usual) -> rates.put(name, section.rate(name + "_rate", usual)));
        return new Sandbox(providerPort, carrierPort, answerAfter, rates);
    }
}
