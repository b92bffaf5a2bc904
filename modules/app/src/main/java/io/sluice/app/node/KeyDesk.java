package io.sluice.app.node;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.app.config.Config;
import io.sluice.storage.DatabaseSettings;
import io.sluice.vault.EpochSettings;
import io.sluice.vault.KeyUpkeep;
import io.sluice.vault.Vault;
import io.sluice.vault.VaultSettings;
import io.sluice.vault.keystore.Keystore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** An installation's keys for a command: beside the nodes that run, or without any. All methods block. */
public final class KeyDesk implements AutoCloseable {

    private static final Duration END_TIMEOUT = Duration.ofSeconds(20);

    private final Config config;
    private final Stages stages;
    private final List<KeyUpkeep> upkeep;

    private KeyDesk(Config config, Stages stages, List<KeyUpkeep> upkeep) {
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

    private static List<KeyUpkeep> upkeep(Config config, Stages stages) {
        Vertx vertx = Vertx.vertx();
        stages.endBy("Vert.x", vertx::close);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        InstantSource clock = InstantSource.system();
        Function<String, DatabaseSettings> places = stages.done(
                "the keys' database", () -> Databases.reach(config, KeyStores.databases(config), stages, vertx));
        Keystore own = stages.done("the keystore", () -> KeyHolder.keystore(config, clock));
        Vault vault = new Vault(
                vertx,
                KeyStores.open(config, places, own, stages, vertx, clock, meters),
                clock,
                System::nanoTime,
                meters,
                VaultSettings.keeping(1));
        stages.endBy("the vault", vault::close);
        return vault.upkeep(KeyHolder.epochs(config));
    }

    /** One region's epochs that have a key, and who holds these, in words. */
    public record RegionEpochs(String region, List<KeyUpkeep.Standing> epochs, String holder) {}

    /** Every region's. */
    public List<RegionEpochs> standing() {
        return upkeep.stream()
                .map(each -> new RegionEpochs(
                        each.region(), stages.started("the epochs", each::standing), holder(each.region())))
                .toList();
    }

    /**
     * Ends the current epoch in each region and wraps everything living there under the next one, whose number is the answer, by
     * region.
     */
    public Map<String, Integer> rotate() {
        Map<String, Integer> begun = new TreeMap<>();
        upkeep.forEach(each -> begun.put(each.region(), stages.started("the next epoch", each::rotate)));
        return begun;
    }

    public EpochSettings settings() {
        return KeyHolder.epochs(config);
    }

    private String holder(String region) {
        return KeyHolder.named(
                config, region, Objects.requireNonNull(config.keyStores().get(region)));
    }

    @Override
    public void close() {
        stages.endAndTell(END_TIMEOUT);
    }
}
