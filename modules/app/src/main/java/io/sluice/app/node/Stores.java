package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.app.config.DatabaseConfig;
import io.sluice.gateway.subscription.SubscriptionSecrets;
import io.sluice.ledger.PostgresLedger;
import io.sluice.ledger.Pseudonyms;
import io.sluice.stewardship.consent.ConsentFence;
import io.sluice.stewardship.consent.LeasedSnapshots;
import io.sluice.stewardship.consent.SubjectSettings;
import io.sluice.storage.Database;
import io.sluice.vault.KeyUpkeepVerticle;
import io.sluice.vault.Vault;
import io.sluice.vault.VaultSettings;
import io.sluice.vault.keystore.HashUse;
import io.sluice.vault.keystore.Keystore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where things rest: two databases and a file of keys, and what stands directly on them. */
record Stores(
        Database data,
        Keystore keystore,
        Vault vault,
        String node,
        Pseudonyms pseudonyms,
        PostgresLedger ledger,
        LeasedSnapshots snapshots) {

    static final List<String> DATA_ROOMS = List.of("storage", "commerce", "stewardship", "ledger");

    static Stores open(Foundations on) {
        Config config = on.config();
        Keystore keystore = on.stages().done("the keystore", () -> KeyHolder.keystore(config, on.clock()));
        Database data = Databases.migrated(
                Databases.choose(config.database(), on.world(), DevelopmentWorld.DATA),
                DATA_ROOMS,
                on.stages(),
                on.vertx());
        Map<String, DatabaseConfig> keys = KeyStores.databases(config);
        Vault vault = new Vault(
                on.vertx(),
                KeyStores.open(
                        config,
                        name -> Databases.choose(Objects.requireNonNull(keys.get(name)), on.world(), name),
                        keystore,
                        on.stages(),
                        on.vertx(),
                        on.clock(),
                        on.meters()),
                on.clock(),
                on.nanoTime(),
                on.meters(),
                VaultSettings.keeping(config.vault().cachedKeys()));
        on.stages().endBy("the vault", vault::close);
        vault.upkeep(KeyHolder.epochs(config))
                .forEach(upkeep -> on.deploy("upkeep of keys in " + upkeep.region(), new KeyUpkeepVerticle(upkeep)));
        String node = nodeName(on);
        Pseudonyms pseudonyms = Pseudonyms.keyed(keystore.keyedHash(HashUse.LEDGER_PSEUDONYMS)::of);
        PostgresLedger ledger = new PostgresLedger(
                on.vertx(),
                data,
                Lawbook.CATALOGUE,
                pseudonyms,
                node,
                on.ids()::next,
                on.clock(),
                on.commits(),
                leaves -> new ConsentFence(leaves, subjects(on).effectWithin(), on.meters()),
                on.meters());
        on.stages().endBy("the ledger", ledger::close);
        LeasedSnapshots snapshots =
                LeasedSnapshots.over(on.vertx(), data, subjects(on), on.clock(), on.nanoTime(), on.meters());
        return new Stores(data, keystore, vault, node, pseudonyms, ledger, snapshots);
    }

    /** What notices to the merchant's systems are signed with, on the node that shows a secret and on the one that signs. */
    SubscriptionSecrets subscriptionSecrets(Duration overlap) {
        return new SubscriptionSecrets(keystore.keyedHash(HashUse.SUBSCRIPTION_SECRETS), overlap);
    }

    static SubjectSettings subjects(Foundations on) {
        return new SubjectSettings(
                on.config().subjects().lease(),
                on.config().subjects().cached(),
                on.config().limits().readsWaiting(),
                on.commits());
    }

    // a name for the leaves: which process wrote them, apart from every other one
    private static String nodeName(Foundations on) {
        return "node-" + on.ids().next();
    }
}
