package io.sluice.app.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One region's store of keys: never in the database of what they seal.
 *
 * @param database of wrapped keys
 * @param provider who holds the key-encryption keys
 * @param keystore file of the key-encryption keys, unless the provider is another; in development made at first start, under the
 *     data directory if absent
 * @param password opens that file
 * @param transit there if it is the provider
 */
public record KeyStoreConfig(
        DatabaseConfig database,
        Provider provider,
        Optional<Path> keystore,
        Optional<Secret> password,
        Optional<TransitConfig> transit) {

    /** Who holds the key-encryption keys. */
    public enum Provider {
        KEYSTORE,
        TRANSIT
    }

    /** @param hasMoreInItsFile whether the keystore file is wanted whoever the provider is */
    static Optional<KeyStoreConfig> read(Section section, boolean hasMoreInItsFile) {
        Optional<DatabaseConfig> database = section.part("database", DatabaseConfig::read);
        Provider provider = section.oneOf("provider", Provider.KEYSTORE);
        Section keystore = section.at("keystore");
        Optional<Path> path = keystore.path("path");
        Optional<Secret> password = keystore.secret("password");
        Optional<TransitConfig> transit = TransitConfig.read(section.at("transit"), provider == Provider.TRANSIT);
        if (!section.profile().isDevelopment() && (hasMoreInItsFile || provider == Provider.KEYSTORE)) {
            if (path.isEmpty()) {
                keystore.missing("path", "outside the development profile no keystore is made at first start");
            }
            if (password.isEmpty()) {
                keystore.missing("password", "outside the development profile nothing has a default password");
            }
        }
        return database.map(each -> new KeyStoreConfig(each, provider, path, password, transit));
    }
}
