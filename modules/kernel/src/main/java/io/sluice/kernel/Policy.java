package io.sluice.kernel;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One version of the law, compiled for deciding; or two, for the moment at which one follows the other. Immutable; a new version
 * is a new object.
 *
 * @param masks what is shown of each field in a display
 * @param consents for each purpose that rests on consent, the versions to which a person must have said yes for it to cover what
 *     this one does: an earlier yes does not cover what has been widened since
 * @param changeover the two versions; null if it is one by itself
 * @param next when it is followed by another; null if nothing is announced
 */
public record Policy(
        String version,
        Instant announcedAt,
        Instant effectiveAt,
        Catalogue catalogue,
        Map<String, Contract> contracts,
        Map<String, Agreement> agreements,
        Masks masks,
        Map<Purpose, Set<String>> consents,
        @Nullable Changeover changeover,
        @Nullable Turn next) {

    public Policy {
        contracts = Map.copyOf(contracts);
        agreements = Map.copyOf(agreements);
        Map<Purpose, Set<String>> versions = new EnumMap<>(Purpose.class);
        consents.forEach((purpose, said) -> versions.put(purpose, Set.copyOf(said)));
        consents = Collections.unmodifiableMap(versions);
    }

    /** One version by itself, in which no purpose rests on consent and no field has a mask. */
    public Policy(
            String version,
            Instant announcedAt,
            Instant effectiveAt,
            Catalogue catalogue,
            Map<String, Contract> contracts,
            Map<String, Agreement> agreements) {
        this(version, announcedAt, effectiveAt, catalogue, contracts, agreements, Masks.NONE, Map.of(), null, null);
    }

    /** The same, where these purposes rest on a consent to one of these versions. */
    public Policy consentedTo(Map<Purpose, Set<String>> versions) {
        return new Policy(
                version, announcedAt, effectiveAt, catalogue, contracts, agreements, masks, versions, changeover, next);
    }

    /** The same, where this is shown of fields in displays. */
    public Policy showing(Masks shown) {
        return new Policy(
                version, announcedAt, effectiveAt, catalogue, contracts, agreements, shown, consents, changeover, next);
    }

    /** The same, for the moment at which one version follows another. */
    Policy during(Changeover moment) {
        return new Policy(
                version, announcedAt, effectiveAt, catalogue, contracts, agreements, masks, consents, moment, next);
    }

    /** The same, followed by another version at that moment. */
    public Policy until(Turn turn) {
        return new Policy(
                version, announcedAt, effectiveAt, catalogue, contracts, agreements, masks, consents, changeover, turn);
    }

    /** The same version, granting nothing: it may have been superseded without anybody here knowing, or cannot be kept here. */
    public Policy withheld() {
        return during(new Changeover(this, this, false));
    }

    public Optional<Contract> contract(String address) {
        return Optional.ofNullable(contracts.get(address));
    }

    /** Whether what somebody said to this version, null if they never said yes, covers what this one does for the purpose. */
    boolean isCovered(Purpose purpose, @Nullable String saidTo) {
        Set<String> versions = consents.get(purpose);
        return versions == null || saidTo != null && versions.contains(saidTo);
    }

    public Optional<Agreement> agreement(String partner) {
        return Optional.ofNullable(agreements.get(partner));
    }
}
