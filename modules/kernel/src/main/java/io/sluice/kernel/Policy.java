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
 */
public record Policy(
        String version,
        Instant announcedAt,
        Instant effectiveAt,
        Catalogue catalogue,
        Map<String, Contract> contracts,
        Map<String, Agreement> agreements,
        @Nullable Changeover changeover) {

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
        this(version, announcedAt, effectiveAt, catalogue, contracts, agreements, null);
    }

    public Optional<Contract> contract(String address) {
        return Optional.ofNullable(contracts.get(address));
    }

    public Optional<Agreement> agreement(String partner) {
        return Optional.ofNullable(agreements.get(partner));
    }
}
