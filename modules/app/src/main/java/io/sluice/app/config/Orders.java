package io.sluice.app.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How orders go on by themselves, and how steps (payments, parcels) are carried out.
 *
 * @param autoDispatch whether an authorised order goes to the carrier by itself
 * @param reviewWithin so long staff may take to look at an order that waits for them
 * @param stepLease for so long a step belongs to the node that took it; longer than a partner is asked and then sent to
 * @param sweepEvery how often steps are looked for that no announcement was heard of
 * @param stepsInFlight how many steps a node carries out at once
 * @param tariff file of what they cost beyond their goods, for {@link TariffFile}
 */
public record Orders(
        boolean autoDispatch,
        Duration reviewWithin,
        Duration stepLease,
        Duration sweepEvery,
        int stepsInFlight,
        Path tariff) {

    public Orders {
        Values.positive("orders.review_within", reviewWithin);
        Values.positive("orders.step_lease", stepLease);
        Values.positive("orders.sweep_every", sweepEvery);
    }

    static Orders read(Section section) {
        if (section.path("tariff").isEmpty() && !section.profile().isDevelopment()) {
            section.missing("tariff", "outside the development profile nobody's tax and shipping are made up");
        }
        return new Orders(
                section.flag("auto_dispatch", true),
                section.duration("review_within", Duration.ofDays(1)),
                section.duration("step_lease", Duration.ofSeconds(35)),
                section.duration("sweep_every", Duration.ofSeconds(1)),
                section.number("steps_in_flight", 64, 1, 10_000),
                section.path("tariff", Path.of("config", "tariff.yaml")));
    }
}
