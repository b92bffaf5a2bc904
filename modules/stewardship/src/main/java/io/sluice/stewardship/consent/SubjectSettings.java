package io.sluice.stewardship.consent;

import io.sluice.storage.GroupCommit;
import java.time.Duration;

/**
 * Everything about persons that can be set.
 *
 * @param lease how long a snapshot may be used from the moment its load was asked for
 * @param maxSnapshots how many are kept
 * @param maxWaiting how many loads may wait for the database
 */
public record SubjectSettings(Duration lease, int maxSnapshots, int maxWaiting, GroupCommit.Limits commits) {

    // beyond the lease, for the way from the database to whoever reads the clock
    private static final Duration DRIFT = Duration.ofMillis(100);

    public static SubjectSettings standard() {
        return new SubjectSettings(Duration.ofSeconds(2), 200_000, 10_000, new GroupCommit.Limits(1, 200, 5_000));
    }

    public SubjectSettings {
        if (lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException("a lease lasts for some time");
        }
    }

    /** After a person's change was committed, and this time has passed, no node decides by the row before. */
    public Duration effectWithin() {
        return lease.plus(DRIFT);
    }
}
