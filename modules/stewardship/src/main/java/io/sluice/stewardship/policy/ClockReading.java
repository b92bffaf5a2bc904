package io.sluice.stewardship.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * One look at the database's clock. It showed a time at some moment between the question and the answer, which this node's
 * monotonic clock bounds; from there on the two are taken to run apart by no more than one part in a thousand, twice what time
 * synchronisation ever corrects.
 *
 * @param sentNanos monotonic time at which the question was sent
 * @param receivedNanos monotonic time at which the answer was there
 * @param database what the database's clock showed
 * @param wall what this node's wall clock showed when the answer was there
 */
public record ClockReading(long sentNanos, long receivedNanos, Instant database, Instant wall) {

    /** No clock is read more exactly than this, whatever it promises. */
    static final Duration LEAST = Duration.ofMillis(10);

    private static final long DRIFT = 1000;
    private static final Duration FAR = Duration.ofDays(36_500);

    /** Monotonic time before which the database's clock certainly does not show this instant. */
    long earliest(Instant at) {
        long left = left(at) - LEAST.toNanos();
        return sentNanos + left - Math.max(0, left) / DRIFT;
    }

    /** Monotonic time from which on the database's clock certainly shows this instant or a later one. */
    long latest(Instant at) {
        long left = left(at) + LEAST.toNanos();
        return receivedNanos + left + Math.max(0, left) / (DRIFT - 2);
    }

    private long left(Instant at) {
        Duration left = Duration.between(database, at);
        if (left.compareTo(FAR) > 0) {
            return FAR.toNanos();
        }
        return left.compareTo(FAR.negated()) < 0 ? -FAR.toNanos() : left.toNanos();
    }

    /** What this node's wall clock showed when the question was sent. */
    Instant asked() {
        return wall.minusNanos(receivedNanos - sentNanos);
    }

    /** How far the database's clock goes before this node's wall clock. */
    Duration offset() {
        return Duration.between(wall, database).plusNanos((receivedNanos - sentNanos) / 2);
    }

    /** How wrong this reading may be by now, to either side. */
    Duration uncertainty(long nowNanos) {
        long age = Math.max(0, nowNanos - receivedNanos);
        return LEAST.plusNanos((receivedNanos - sentNanos) / 2 + age / (DRIFT - 2));
    }

    /** What the database's clock shows now, give or take the {@linkplain #uncertainty uncertainty}. */
    Instant at(long nowNanos) {
        return database.plusNanos(nowNanos - sentNanos - (receivedNanos - sentNanos) / 2);
    }

    /**
     * The one of two readings to go by: the more exact one, unless the database's clock was set between them; then the later.
     */
    ClockReading better(ClockReading later) {
        Duration apart = Duration.between(at(later.receivedNanos), later.at(later.receivedNanos))
                .abs();
        Duration own = uncertainty(later.receivedNanos);
        Duration others = later.uncertainty(later.receivedNanos);
        return apart.compareTo(own.plus(others)) <= 0 && own.compareTo(others) < 0 ? this : later;
    }
}
