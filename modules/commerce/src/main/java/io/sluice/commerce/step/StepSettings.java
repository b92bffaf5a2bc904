package io.sluice.commerce.step;

import java.time.Duration;

/**
 * @param lease how long a node may be busy with a step before another one takes it over; longer than a partner is awaited
 * @param sweep how often steps are looked for that nobody announced
 * @param maxInFlight how many steps a node carries out at once
 */
public record StepSettings(Duration lease, Duration sweep, int maxInFlight) {
    public StepSettings {
        if (lease.isNegative() || lease.isZero() || sweep.isNegative() || sweep.isZero() || maxInFlight < 1) {
            throw new IllegalArgumentException("lease, sweep and limit must be positive");
        }
    }
}
