package io.sluice.app.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where keys live: never in the database of what they seal.
 *
 * @param database the second database, of wrapped keys
 * @param keystore file of the key-encryption keys; in development made at first start, under the data directory if absent
 * @param password opens that file
 * @param cachedKeys how many unwrapped keys of persons a node keeps
 */
public record VaultConfig(DatabaseConfig database, Optional<Path> keystore, Optional<Secret> password, int cachedKeys) {

    static Optional<VaultConfig> read(Section section) {
        Optional<DatabaseConfig> database = section.part("database", DatabaseConfig::read);
        Section keystore = section.at("keystore");
        Optional<Path> path = keystore.path("path");
        Optional<Secret> password = keystore.secret("password");
        int cachedKeys = section.number("cached_keys", 100_000, 1, 10_000_000);
        if (!section.profile().isDevelopment()) {
            if (path.isEmpty()) {
                keystore.missing("path", "outside the development profile no keystore is made at first start");
            }
            if (password.isEmpty()) {
                keystore.missing("password", "outside the development profile nothing has a default password");
            }
        }
        return database.map(each -> new VaultConfig(each, path, password, cachedKeys));
    }
}
