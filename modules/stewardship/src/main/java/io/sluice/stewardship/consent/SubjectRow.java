package io.sluice.stewardship.consent;

import io.sluice.kernel.Lease;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;

/**
 * A person's row as it was read.
 *
 * @param leaving erased as soon as no order under way needs them; whoever is erased was leaving
 * @param restrictedVersion the version at which something was last taken away: decisions by an earlier one have fallen
 */
record SubjectRow(
        SubjectId subject,
        long version,
        int permitted,
        boolean leaving,
        boolean erased,
        int sessionEpoch,
        int roles,
        String region,
        long restrictedVersion) {

    /** What an order under way needs: to be paid, brought, and paid back. */
    private static final int FINISHING =
            Purpose.TRANSACTION_VERIFICATION.mask() | Purpose.SHIPMENT.mask() | Purpose.REFUND_MANAGEMENT.mask();

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
                subject,
                next,
                purposes,
                leaving,
                erased,
                sessionEpoch,
                mask,
                region,
                isRestriction ? next : restrictedVersion);
    }

    /** Permits what orders under way need, as far as it was permitted; may do nothing, and every session is of an earlier epoch. */
    SubjectRow left() {
        long next = version + 1;
        return new SubjectRow(subject, next, permitted & FINISHING, true, erased, sessionEpoch + 1, 0, region, next);
    }

    /** Permits nothing. */
    SubjectRow forgotten() {
        long next = version + 1;
        return new SubjectRow(subject, next, 0, true, true, sessionEpoch, 0, region, next);
    }

    /** Whether they have an account no more, and say nothing more. */
    boolean isGone() {
        return leaving || erased;
    }

    boolean wasEverRestricted() {
        return restrictedVersion > 0;
    }
}
