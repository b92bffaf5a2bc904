package io.sluice.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where keys live: never in the database of what they seal.
 *
 * @param database the second database, of wrapped keys
 * @param provider who holds the key-encryption keys
 * @param keystore file of the keys that sign tokens and hash, and of the key-encryption keys unless the provider is another; in
 *     development made at first start, under the data directory if absent
 * @param password opens that file
 * @param transit there if it is the provider
 * @param epoch after so long a new key-encryption key is made, and living keys are wrapped under it
 * @param grace so long after its epoch's end the old one is destroyed
 * @param cachedKeys how many unwrapped keys of persons a node keeps
 */
public record VaultConfig(
        DatabaseConfig database,
        Provider provider,
        Optional<Path> keystore,
        Optional<Secret> password,
        Optional<TransitConfig> transit,
        Duration epoch,
        Duration grace,
        int cachedKeys) {

    private static final Duration SHORTEST_EPOCH = Duration.ofMinutes(1);

    /** Who holds the key-encryption keys. */
    public enum Provider {
        KEYSTORE,
        TRANSIT
    }

    public VaultConfig {
        if (epoch.compareTo(SHORTEST_EPOCH) < 0) {
            throw new IllegalArgumentException(
                    "vault.epoch must be a minute at least: all living keys are wrapped anew");
        }
        Values.positive("vault.grace", grace);
    }

    static Optional<VaultConfig> read(Section section) {
        Optional<DatabaseConfig> database = section.part("database", DatabaseConfig::read);
        Provider provider = section.oneOf("provider", Provider.KEYSTORE);
        Section keystore = section.at("keystore");
        Optional<Path> path = keystore.path("path");
        Optional<Secret> password = keystore.secret("password");
        Optional<TransitConfig> transit = TransitConfig.read(section.at("transit"), provider == Provider.TRANSIT);
        Duration epoch = section.duration("epoch", Duration.ofDays(1));
        Duration grace = section.duration("grace", Duration.ofDays(7));
        int cachedKeys = section.number("cached_keys", 100_000, 1, 10_000_000);
        if (!section.profile().isDevelopment()) {
            if (path.isEmpty()) {
                keystore.missing("path", "outside the development profile no keystore is made at first start");
            }
            if (password.isEmpty()) {
                keystore.missing("password", "outside the development profile nothing has a default password");
            }
        }
        return database.map(each -> new VaultConfig(each, provider, path, password, transit, epoch, grace, cachedKeys));
    }
}
