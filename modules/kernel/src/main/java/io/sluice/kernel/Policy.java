package io.sluice.kernel;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One version of the law, compiled for deciding. Immutable; a new version is a new object. */
public record Policy(
        String version,
        Instant announcedAt,
        Instant effectiveAt,
        Catalogue catalogue,
        Map<String, Contract> contracts,
        Map<String, Agreement> agreements) {

    public Policy {
        contracts = Map.copyOf(contracts);
        agreements = Map.copyOf(agreements);
    }

    public Optional<Contract> contract(String address) {
        return Optional.ofNullable(contracts.get(address));
    }

    public Optional<Agreement> agreement(String partner) {
        return Optional.ofNullable(agreements.get(partner));
    }
}
