package io.sluice.app.node;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.app.config.Config;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.vault.EpochSettings;
import io.sluice.vault.KekProvider;
import io.sluice.vault.KeyUpkeep;
import io.sluice.vault.RegionStore;
import io.sluice.vault.Vault;
import io.sluice.vault.VaultSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** An installation's keys for a command: beside the nodes that run, or without any. All methods block. */
public final class KeyDesk implements AutoCloseable {

    private static final Duration END_TIMEOUT = Duration.ofSeconds(20);

    private final Config config;
    private final Stages stages;
    private final KeyUpkeep upkeep;

    private KeyDesk(Config config, Stages stages, KeyUpkeep upkeep) {
        this.config = config;
        this.stages = stages;
        this.upkeep = upkeep;
    }

    /** @throws StartFailed naming what could not be reached */
    public static KeyDesk open(Config config) {
        Stages stages = new Stages();
        try {
            return new KeyDesk(config, stages, upkeep(config, stages));
        } catch (RuntimeException failed) {
            stages.endAndTell(END_TIMEOUT);
            throw failed;
        }
    }

    private static KeyUpkeep upkeep(Config config, Stages stages) {
        Vertx vertx = Vertx.vertx();
        stages.endBy("Vert.x", vertx::close);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        InstantSource clock = InstantSource.system();
        DatabaseSettings keys = stages.done(
                "the keys' database",
                () -> Databases.reach(config, config.vault().database(), DevelopmentWorld.KEYS, stages, vertx));
        Database database = Databases.migrated(keys, Stores.KEY_ROOMS, stages, vertx);
        KekProvider keks = KeyHolder.keks(
                config,
                stages,
                vertx,
                clock,
                meters,
                stages.done("the keystore", () -> KeyHolder.keystore(config, clock)));
        Vault vault = new Vault(
                vertx,
                Map.of(config.subjects().region(), new RegionStore(database, keks)),
                clock,
                System::nanoTime,
                meters,
                VaultSettings.keeping(1));
        stages.endBy("the vault", vault::close);
        return vault.upkeep(KeyHolder.epochs(config)).getFirst();
    }

    /** Every epoch that has a key. */
    public List<KeyUpkeep.Standing> standing() {
        return stages.started("the epochs", upkeep::standing);
    }

    /** Ends the current epoch and wraps everything living under the next one, whose number is the answer. */
    public int rotate() {
        return stages.started("the next epoch", upkeep::rotate);
    }

    public EpochSettings settings() {
        return upkeep.settings();
    }

    /** Where the key-encryption keys are, in words. */
    public String holder() {
        return KeyHolder.named(config);
    }

    @Override
    public void close() {
        stages.endAndTell(END_TIMEOUT);
    }
}
