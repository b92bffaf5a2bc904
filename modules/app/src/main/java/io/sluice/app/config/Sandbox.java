package io.sluice.app.config;

import java.time.Duration;

/**
 * The outer world that development brings along.
 *
 * @param providerPort 0: the port of the last time on this data directory, or any
 * @param carrierPort the same for the carrier
 * @param answerAfter how long each request is thought about
 * @param duplicateRate callbacks sent twice
 * @param lateRate callbacks sent late
 * @param reorderRate callbacks overtaken by later ones
 */
public record Sandbox(
        int providerPort,
        int carrierPort,
        Duration answerAfter,
        double duplicateRate,
        double lateRate,
        double reorderRate) {

    static Sandbox read(Section section) {
        return new Sandbox(
                section.port("provider_port", 0),
                section.port("carrier_port", 0),
                section.duration("answer_after", Duration.ZERO),
                section.rate("duplicate_rate", 0.1),
                section.rate("late_rate", 0.05),
                section.rate("reorder_rate", 0.05));
    }
}
