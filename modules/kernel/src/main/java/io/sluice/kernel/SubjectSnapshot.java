package io.sluice.kernel;

import java.util.Map;

/**
 * What a person wishes and may, as it stood at one moment, and for how long it may be relied on.
 *
 * @param version grows with every change of the person's row
 * @param permitted the purposes permitted now, as a mask of {@link Purpose#mask()}: consents given, objections and
 *     restrictions taken off
 * @param consented the version of the law to which the person last said yes, for each purpose that they said yes to
 * @param sessionEpoch sessions of an earlier epoch are void
 * @param roles as a mask of {@link Role#mask()}
 * @param lease after which the snapshot must not be used
 */
public record SubjectSnapshot(
        SubjectId subject,
        long version,
        int permitted,
        Map<Purpose, String> consented,
        boolean erased,
        int sessionEpoch,
        int roles,
        String region,
        Lease lease) {

    public SubjectSnapshot {
        consented = Map.copyOf(consented);
    }

    public boolean permits(Purpose purpose) {
        return (permitted & purpose.mask()) != 0;
    }

    public boolean has(Role role) {
        return (roles & role.mask()) != 0;
    }
}
