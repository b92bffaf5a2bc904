package io.sluice.app.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.app.config.Config;
import io.sluice.app.config.DatabaseConfig;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.vault.RegionStore;
import io.sluice.vault.keystore.Keystore;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Opens each region's store of keys, as it is configured. */
final class KeyStores {

    static final List<String> ROOMS = List.of("vault");

    private KeyStores() {}

    /** Under which name development keeps a region's keys on its embedded server. */
    static String database(Config config, String region) {
        return region.equals(config.subjects().region()) ? DevelopmentWorld.KEYS : DevelopmentWorld.KEYS + "_" + region;
    }

    /** All of them, by the names of {@link #database}. */
    static Map<String, DatabaseConfig> databases(Config config) {
        Map<String, DatabaseConfig> databases = new LinkedHashMap<>();
        config.keyStores().forEach((region, keys) -> databases.put(database(config, region), keys.database()));
        return databases;
    }

    /**
     * Brings their tables up to date, and opens them until the stages end.
     *
     * @param places where each database is, by the name of {@link #database}
     * @param own the keystore that has more than key-encryption keys
     */
    static Map<String, RegionStore> open(
            Config config,
            Function<String, DatabaseSettings> places,
            Keystore own,
            Stages stages,
            Vertx vertx,
            InstantSource clock,
            MeterRegistry meters) {
        Map<String, RegionStore> stores = new LinkedHashMap<>();
        config.keyStores().forEach((region, keys) -> {
            Database database = Databases.migrated(places.apply(database(config, region)), ROOMS, stages, vertx);
            stores.put(
                    region,
                    new RegionStore(database, KeyHolder.keks(config, region, keys, own, stages, vertx, clock, meters)));
        });
        return stores;
    }
}
