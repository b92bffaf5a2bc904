package io.sluice.commerce.subscription;

import java.time.Duration;

/**
 * @param sweep how often events are looked for that are to be told
 * @param lease how long a node may be busy with telling one order's next event before another one takes it over
 * @param patience how long the answer to one notice is awaited; shorter than the lease
 * @param maxInFlight notices that a node has under way at once
 * @param most how many subscriptions there may be
 * @param overlap how long a secret signs on beside the one that follows it
 */
public record SubscriptionSettings(
        Duration sweep, Duration lease, Duration patience, int maxInFlight, int most, Duration overlap) {

    public SubscriptionSettings {
        if (!sweep.isPositive() || !patience.isPositive() || !overlap.isPositive() || maxInFlight < 1 || most < 1) {
            throw new IllegalArgumentException("times and limits of subscriptions must be positive");
        }
        if (lease.compareTo(patience) <= 0) {
            throw new IllegalArgumentException("a notice is held longer than its answer is awaited");
        }
    }

    /** How many notices of one subscription a node has under way at once: a quarter of all, so that the others go on if they hang. */
    int share() {
        return Math.max(maxInFlight / 4, 1);
    }
}
