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
 * @param leaving erased as soon as no order under way needs them; whoever is erased was leaving
 * @param restrictedVersion the version at which something was last taken away: decisions by an earlier one have fallen
 */
record SubjectRow(
        SubjectId subject,
        long version,
        int permitted,
        Map<Purpose, String> consented,
        boolean leaving,
        boolean erased,
        int sessionEpoch,
        int roles,
        String region,
        long restrictedVersion) {

    /** What an order under way needs: to be paid, brought, and paid back. */
    private static final int FINISHING =
            Purpose.TRANSACTION_VERIFICATION.mask() | Purpose.SHIPMENT.mask() | Purpose.REFUND_MANAGEMENT.mask();

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
        return new SubjectRow(
                subject, next, permitted & FINISHING, Map.of(), true, erased, sessionEpoch + 1, 0, region, next);
    }

    /** Permits nothing. */
    SubjectRow forgotten() {
        long next = version + 1;
        return new SubjectRow(subject, next, 0, Map.of(), true, true, sessionEpoch, 0, region, next);
    }

    /** Whether they have an account no more, and say nothing more. */
    boolean isGone() {
        return leaving || erased;
    }

    boolean wasEverRestricted() {
        return restrictedVersion > 0;
    }
}
