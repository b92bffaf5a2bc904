package io.sluice.stewardship.consent;

import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;

/** A person's row as it was read. */
record SubjectRow(
        SubjectId subject, long version, int permitted, boolean erased, int sessionEpoch, int roles, String region) {

    SubjectSnapshot leasedUntil(long nanos) {
        return new SubjectSnapshot(subject, version, permitted, erased, sessionEpoch, roles, region, nanos);
    }

    SubjectRow permitting(int purposes) {
        return new SubjectRow(subject, version + 1, purposes, erased, sessionEpoch, roles, region);
    }

    SubjectRow withRoles(int mask) {
        return new SubjectRow(subject, version + 1, permitted, erased, sessionEpoch, mask, region);
    }
}
