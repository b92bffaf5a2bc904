package io.sluice.app.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.app.config.Config;
import io.sluice.app.config.KeyStoreConfig;
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

/** Who holds what no database may: keystore files, and each region's key-encryption keys, there or elsewhere. */
final class KeyHolder {

    private KeyHolder() {}

    /** The one that also has the keys which sign tokens and hash. Blocks. */
    static Keystore keystore(Config config, InstantSource clock) {
        return keystore(config, config.subjects().region(), config.vault().keys(), clock);
    }

    private static Keystore keystore(Config config, String region, KeyStoreConfig keys, InstantSource clock) {
        if (!config.profile().isDevelopment()) {
            // the configuration has seen to it that both are there
            return KeystoreFile.open(
                    keys.keystore().orElseThrow(), keys.password().orElseThrow().reveal());
        }
        Secret password = keys.password()
                .orElseGet(() ->
                        new DevelopmentSecrets(config.dataDir()).key(section(config, region) + ".keystore.password"));
        return KeystoreFile.openOrCreate(file(config, region, keys), password.reveal(), clock);
    }

    private static String section(Config config, String region) {
        return region.equals(config.subjects().region()) ? "vault" : "vault.region." + region;
    }

    private static Path file(Config config, String region, KeyStoreConfig keys) {
        String name = region.equals(config.subjects().region()) ? "keystore" : "keystore-" + region;
        return keys.keystore().orElseGet(() -> config.dataDir().resolve("keys").resolve(name));
    }

    /** The configured holder of one region's key-encryption keys. */
    static KekProvider keks(
            Config config,
            String region,
            KeyStoreConfig keys,
            Keystore own,
            Stages stages,
            Vertx vertx,
            InstantSource clock,
            MeterRegistry meters) {
        Optional<TransitConfig> transit = keys.transit();
        if (transit.isEmpty()) {
            Keystore keystore = region.equals(config.subjects().region())
                    ? own
                    : stages.done("the keystore of " + region, () -> keystore(config, region, keys, clock));
            return keystore.keks(vertx, clock);
        }
        TransitConfig at = transit.get();
        TransitKeks keks = stages.started(
                "the transit engine at " + at.url(),
                () -> TransitKeks.open(
                        vertx,
                        TransitSettings.of(at.url(), at.token().reveal(), at.key(), at.namespace(), at.ca()),
                        meters));
        stages.endBy("the transit engine at " + at.url(), keks::close);
        return keks;
    }

    /** The same in words. */
    static String named(Config config, String region, KeyStoreConfig keys) {
        return keys.transit()
                .map(at -> "transit engine " + at.url() + ", key " + at.key())
                .orElseGet(() -> "keystore file " + file(config, region, keys));
    }

    /** How long key-encryption keys live; the erasure horizon follows from it. */
    static EpochSettings epochs(Config config) {
        return EpochSettings.of(config.vault().epoch(), config.vault().grace());
    }
}
