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

    ClockAgreement(InstantSource wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.wallNanos = wallNanos();
        this.monotonicNanos = nanoTime.getAsLong();
    }

    /** False once for every time that the clocks went apart since the last question. */
    synchronized boolean holds() {
        long wallNow = wallNanos();
        long monotonicNow = nanoTime.getAsLong();
        long apart = (wallNow - wallNanos) - (monotonicNow - monotonicNanos);
        // small steps, as time synchronisation makes them, are forgiven and not summed up
        wallNanos = wallNow;
        monotonicNanos = monotonicNow;
        return Math.abs(apart) <= TOLERANCE.toNanos();
    }

    private long wallNanos() {
        return wall.millis() * 1_000_000;
    }
}
