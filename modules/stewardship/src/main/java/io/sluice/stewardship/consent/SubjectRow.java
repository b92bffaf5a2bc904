package io.sluice.stewardship.consent;

import io.sluice.kernel.Lease;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import java.util.List;
import java.util.Map;

/**
 * A person's row as it was read.
 *
 * @param consented the version of the law to which the person last said yes, for each purpose that they said yes to
 * @param restrictedVersion the version at which something was last taken away: decisions by an earlier one have fallen
 */
record SubjectRow(
        SubjectId subject,
        long version,
        int permitted,
        Map<Purpose, String> consented,
        boolean erased,
        int sessionEpoch,
        int roles,
        String region,
        long restrictedVersion) {

    SubjectRow {
        consented = Map.copyOf(consented);
    }

    SubjectSnapshot leased(Lease lease) {
        return new SubjectSnapshot(subject, version, permitted, consented, erased, sessionEpoch, roles, region, lease);
    }

    /** After what was said under a version of the law. */
    SubjectRow saying(List<ConsentRecord> records, String policyVersion) {
        int purposes = Wishes.permitted(permitted, records);
        Map<Purpose, String> said = Wishes.consented(consented, records, policyVersion);
        return next(purposes, said, roles, (permitted & ~purposes) != 0);
    }

    SubjectRow withRoles(int mask) {
        return next(permitted, consented, mask, (roles & ~mask) != 0);
    }

    private SubjectRow next(int purposes, Map<Purpose, String> said, int mask, boolean isRestriction) {
        long next = version + 1;
        return new SubjectRow(
                subject,
                next,
                purposes,
                said,
                erased,
                sessionEpoch,
                mask,
                region,
                isRestriction ? next : restrictedVersion);
    }

    /** Permits nothing, may do nothing, and every session is of an earlier epoch. */
    SubjectRow forgotten() {
        long next = version + 1;
        return new SubjectRow(subject, next, 0, Map.of(), true, sessionEpoch + 1, 0, region, next);
    }

    boolean wasEverRestricted() {
        return restrictedVersion > 0;
    }
}
