package io.sluice.stewardship.consent;

import io.sluice.kernel.Lease;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;

/**
 * A person's row as it was read.
 *
 * @param restrictedVersion the version at which something was last taken away: decisions by an earlier one have fallen
 */
record SubjectRow(
        SubjectId subject,
        long version,
        int permitted,
        boolean erased,
        int sessionEpoch,
        int roles,
        String region,
        long restrictedVersion) {

    SubjectSnapshot leased(Lease lease) {
        return new SubjectSnapshot(subject, version, permitted, erased, sessionEpoch, roles, region, lease);
    }

    SubjectRow permitting(int purposes) {
        return next(purposes, roles, (permitted & ~purposes) != 0);
    }

    SubjectRow withRoles(int mask) {
        return next(permitted, mask, (roles & ~mask) != 0);
    }

    private SubjectRow next(int purposes, int mask, boolean isRestriction) {
        long next = version + 1;
        return new SubjectRow(
                subject, next, purposes, erased, sessionEpoch, mask, region, isRestriction ? next : restrictedVersion);
    }

    /** Permits nothing, may do nothing, and every session is of an earlier epoch. */
    SubjectRow forgotten() {
        long next = version + 1;
        return new SubjectRow(subject, next, 0, true, sessionEpoch + 1, 0, region, next);
    }

    boolean wasEverRestricted() {
        return restrictedVersion > 0;
    }
}
