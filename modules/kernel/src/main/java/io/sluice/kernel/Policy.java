package io.sluice.kernel;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of the law, compiled for deciding; or two, for the moment at which one follows the other. Immutable; a new version
 * is a new object.
 *
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
        @Nullable Changeover changeover,
        @Nullable Turn next) {

    public Policy {
        contracts = Map.copyOf(contracts);
        agreements = Map.copyOf(agreements);
    }

    /** One version by itself. */
    public Policy(
            String version,
            Instant announcedAt,
            Instant effectiveAt,
            Catalogue catalogue,
            Map<String, Contract> contracts,
            Map<String, Agreement> agreements) {
        this(version, announcedAt, effectiveAt, catalogue, contracts, agreements, null, null);
    }

    /** The same, for the moment at which one version follows another. */
    Policy during(Changeover moment) {
        return new Policy(version, announcedAt, effectiveAt, catalogue, contracts, agreements, moment, next);
    }

    /** The same, followed by another version at that moment. */
    public Policy until(Turn turn) {
        return new Policy(version, announcedAt, effectiveAt, catalogue, contracts, agreements, changeover, turn);
    }

    /** The same version, granting nothing: it may have been superseded without anybody here knowing, or cannot be kept here. */
    public Policy withheld() {
        return during(new Changeover(this, this, false));
    }

    public Optional<Contract> contract(String address) {
        return Optional.ofNullable(contracts.get(address));
    }

    public Optional<Agreement> agreement(String partner) {
        return Optional.ofNullable(agreements.get(partner));
    }
}
