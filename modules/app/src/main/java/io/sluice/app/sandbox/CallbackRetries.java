package io.sluice.app.sandbox;

import java.time.Duration;

/**
 * How stubbornly a partner calls back.
 *
 * @param maxTries after that many attempts without a 2xx a callback is parked
 * @param firstBackOff wait after the first failure; doubled after each further one, with jitter
 * @param maxBackOff limit of that doubling
 * @param timeout how long one attempt may take
 * @param maxInFlight how many attempts run at a time
 */
public record CallbackRetries(
        int maxTries, Duration firstBackOff, Duration maxBackOff, Duration timeout, int maxInFlight) {

    /** About two minutes of patience, which outlives a restart of the receiver. */
    public static final CallbackRetries PATIENT =
            new CallbackRetries(14, Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofSeconds(5), 32);

    public CallbackRetries {
        if (maxTries < 1 || maxInFlight < 1) {
            throw new IllegalArgumentException("a callback needs at least one try, and room for it in flight");
        }
        if (!firstBackOff.isPositive() || maxBackOff.compareTo(firstBackOff) < 0 || !timeout.isPositive()) {
            throw new IllegalArgumentException("callback times must be positive, and the back-off must not shrink");
        }
    }

    /** How long to wait after the n-th failure (from 1), given a number in [0, 1) as jitter. */
    Duration backOff(int failures, double jitter) {
        long doubled = firstBackOff.toMillis() << Math.min(failures - 1, 20);
        long limited = Math.min(doubled, maxBackOff.toMillis());
        return Duration.ofMillis(Math.max(1, (long) (limited * (0.5 + jitter / 2))));
    }
}
