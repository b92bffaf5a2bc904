package io.sluice.app.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where keys live, by region.
 *
 * @param keys of the persons who are at home in no other region; its keystore file also has the keys that sign tokens and hash
 * @param regions the others
 * @param epoch after so long a new key-encryption key is made, and living keys are wrapped under it
 * @param grace so long after its epoch's end the old one is destroyed
 * @param cachedKeys how many unwrapped keys of each region's persons a node keeps
 */
public record VaultConfig(
        KeyStoreConfig keys, List<RegionConfig> regions, Duration epoch, Duration grace, int cachedKeys) {

    private static final Duration SHORTEST_EPOCH = Duration.ofMinutes(1);

    public VaultConfig {
        regions = List.copyOf(regions);
        if (epoch.compareTo(SHORTEST_EPOCH) < 0) {
            throw new IllegalArgumentException(
                    "vault.epoch must be a minute at least: all living keys are wrapped anew");
        }
        Values.positive("vault.grace", grace);
        Set<String> names = new HashSet<>();
        Set<String> countries = new HashSet<>();
        for (RegionConfig region : regions) {
            if (!names.add(region.name())) {
                throw new IllegalArgumentException("vault.regions names " + region.name() + " twice");
            }
            for (String country : region.countries()) {
                if (!countries.add(country)) {
                    throw new IllegalArgumentException(
                            "vault.region: " + country + " is a country of two regions, and a person has one home");
                }
            }
        }
    }

    static Optional<VaultConfig> read(Section section) {
        Optional<KeyStoreConfig> keys = KeyStoreConfig.read(section, true);
        List<RegionConfig> regions = RegionConfig.read(section);
        Duration epoch = section.duration("epoch", Duration.ofDays(1));
        Duration grace = section.duration("grace", Duration.ofDays(7));
        int cachedKeys = section.number("cached_keys", 100_000, 1, 10_000_000);
        return keys.map(own -> new VaultConfig(own, regions, epoch, grace, cachedKeys));
    }
}
