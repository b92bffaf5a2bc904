package io.sluice.guard;

import java.time.Duration;

/**
 * @param askTimeout how long an asker waits for an answer, unless it says otherwise
 * @param maxInHand how many deliveries may be between their arrival and their handler's answer on this node; past it they
 *     are refused
 */
public record GuardSettings(Duration askTimeout, int maxInHand) {
    public GuardSettings {
        if (askTimeout.isNegative() || askTimeout.isZero()) {
            throw new IllegalArgumentException("the ask time-out must be positive");
        }
        if (maxInHand < 1) {
            throw new IllegalArgumentException("at least one parcel must fit in hand");
        }
    }
}
