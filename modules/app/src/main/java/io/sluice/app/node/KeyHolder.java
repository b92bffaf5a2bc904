package io.sluice.app.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.app.config.Config;
import io.sluice.app.config.Secret;
import io.sluice.app.config.TransitConfig;
import io.sluice.vault.EpochSettings;
import io.sluice.vault.KekProvider;
import io.sluice.vault.keystore.Keystore;
import io.sluice.vault.keystore.KeystoreFile;
import io.sluice.vault.transit.TransitKeks;
import io.sluice.vault.transit.TransitSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Who holds what no database may: the keystore file, and the key-encryption keys, there or elsewhere. */
final class KeyHolder {

    private KeyHolder() {}

    /** Blocks. */
    static Keystore keystore(Config config, InstantSource clock) {
        if (!config.profile().isDevelopment()) {
            // the configuration has seen to it that both are there
            return KeystoreFile.open(
                    config.vault().keystore().orElseThrow(),
                    config.vault().password().orElseThrow().reveal());
        }
        Secret password = config.vault()
                .password()
                .orElseGet(() -> new DevelopmentSecrets(config.dataDir()).key("vault.keystore.password"));
        return KeystoreFile.openOrCreate(file(config), password.reveal(), clock);
    }

    private static Path file(Config config) {
        return config.vault()
                .keystore()
                .orElseGet(() -> config.dataDir().resolve("keys").resolve("keystore"));
    }

    /** The configured holder of the key-encryption keys. */
    static KekProvider keks(
            Config config, Stages stages, Vertx vertx, InstantSource clock, MeterRegistry meters, Keystore keystore) {
        Optional<TransitConfig> transit = config.vault().transit();
        if (transit.isEmpty()) {
            return keystore.keks(vertx, clock);
        }
        TransitConfig at = transit.get();
        TransitKeks keks = stages.started(
                "the transit engine at " + at.url(),
                () -> TransitKeks.open(
                        vertx,
                        TransitSettings.of(at.url(), at.token().reveal(), at.key(), at.namespace(), at.ca()),
                        meters));
        stages.endBy("the transit engine", keks::close);
        return keks;
    }

    /** The same in words. */
    static String named(Config config) {
        return config.vault()
                .transit()
                .map(at -> "transit engine " + at.url() + ", key " + at.key())
                .orElseGet(() -> "keystore file " + file(config));
    }

    /** How long key-encryption keys live; the erasure horizon follows from it. */
    static EpochSettings epochs(Config config) {
        return EpochSettings.of(config.vault().epoch(), config.vault().grace());
    }
}
