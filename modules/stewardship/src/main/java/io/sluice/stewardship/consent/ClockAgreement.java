package io.sluice.stewardship.consent;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Watches whether wall clock and monotonic clock run alike. A machine that slept, or was moved while it ran, shows as a
 * disagreement: its monotonic clock stood still, so that leases which are over elsewhere look fresh here.
 */
final class ClockAgreement {

    private static final Duration TOLERANCE = Duration.ofMillis(500);

    private final InstantSource wall;
    private final LongSupplier nanoTime;
    private long wallNanos;
    private long monotonicNanos;
    private long partings;

    ClockAgreement(InstantSource wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.wallNanos = wallNanos();
        this.monotonicNanos = nanoTime.getAsLong();
    }

    /**
     * How often the clocks have gone apart since this was made. Everybody who asks after a parting sees it, whoever asked first:
     * a thread that read less earlier knows that what it did meanwhile was done across a parting.
     */
    synchronized long partings() {
        long wallNow = wallNanos();
        long monotonicNow = nanoTime.getAsLong();
        long apart = (wallNow - wallNanos) - (monotonicNow - monotonicNanos);
        // small steps, as time synchronisation makes them, are forgiven and not summed up
        wallNanos = wallNow;
        monotonicNanos = monotonicNow;
        if (Math.abs(apart) > TOLERANCE.toNanos()) {
            partings++;
        }
        return partings;
    }

    private long wallNanos() {
        return wall.millis() * 1_000_000;
    }
}
