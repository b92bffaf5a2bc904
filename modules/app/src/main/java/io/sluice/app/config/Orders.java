package io.sluice.app.config;

import java.time.Duration;

/**
 * How orders go their way.
 *
 * @param autoDispatch an authorised order is dispatched, and captured once the carrier accepts, without staff
 * @param unpaidExpires after so long without a payment an order expires and its stock is free again
 * @param stepLease for so long a step belongs to the node that took it
 * @param stepBatch how many steps a node takes at a time
 * @param sweepEvery how often steps are looked for that no announcement was heard of
 * @param firstRetry wait after a step's first failure; doubled after each further one
 * @param lastRetry limit of that doubling
 */
public record Orders(
        boolean autoDispatch,
        Duration unpaidExpires,
        Duration stepLease,
        int stepBatch,
        Duration sweepEvery,
        Duration firstRetry,
        Duration lastRetry) {

    public Orders {
        Values.positive("orders.unpaid_expires", unpaidExpires);
        Values.positive("orders.step_lease", stepLease);
        Values.positive("orders.sweep_every", sweepEvery);
        Values.positive("orders.first_retry", firstRetry);
        if (lastRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException("orders.last_retry must not be shorter than orders.first_retry");
        }
    }

    static Orders read(Section section) {
        return new Orders(
                section.flag("auto_dispatch", true),
                section.duration("unpaid_expires", Duration.ofMinutes(30)),
                section.duration("step_lease", Duration.ofSeconds(15)),
                section.number("step_batch", 64, 1, 10_000),
                section.duration("sweep_every", Duration.ofSeconds(1)),
                section.duration("first_retry", Duration.ofMillis(200)),
                section.duration("last_retry", Duration.ofSeconds(30)));
    }
}
