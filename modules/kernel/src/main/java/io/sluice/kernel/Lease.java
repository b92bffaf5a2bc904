package io.sluice.kernel;

import java.time.Duration;
import java.time.Instant;

/**
 * Until when something may be relied on, by both clocks of a node. The monotonic one stands still while the machine sleeps, the
 * wall clock may be set back; what either calls over is over.
 *
 * @param untilNanos monotonic time from which on it is over
 * @param untilMillis wall-clock time, in milliseconds since the epoch, from which on it is over
 */
public record Lease(long untilNanos, long untilMillis) {

    /** A lease that begins at a moment, as both clocks tell it, and lasts for a time. */
    public static Lease of(Instant from, long fromNanos, Duration time) {
        return new Lease(fromNanos + time.toNanos(), from.toEpochMilli() + time.toMillis());
    }

    /** Whether it lasts at a moment. Asked for every message; it allocates nothing. */
    public boolean holdsAt(Instant now, long nowNanos) {
        return nowNanos - untilNanos < 0 && now.toEpochMilli() < untilMillis;
    }
}
