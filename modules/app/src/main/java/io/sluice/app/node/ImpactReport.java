package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.ledger.LeafPages;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.LawImpact;
import io.sluice.stewardship.policy.LoggedUse;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * What a version of the law to come would have meant for the leaves of a time (clause E3).
 *
 * @param leaves so many were read
 */
public record ImpactReport(LawImpact impact, long leaves) {

    private static final Set<String> KINDS = Set.of("use", "disclosure", "refusal");
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration ENDING = Duration.ofSeconds(30);

    /** Reads the leaves, page by page, from a database that is open. */
    public static Future<ImpactReport> of(Database database, Law before, Law after, Instant since, Instant until) {
        LawImpact impact = new LawImpact(before, after);
        return LeafPages.read(database, since, until, leaf -> use(leaf).ifPresent(impact::add))
                .map(read -> new ImpactReport(impact, read));
    }

    /** Leaves may come to be of other things as well. */
    private static Optional<LoggedUse> use(JsonObject leaf) {
        String receiver = leaf.getString("receiver", "");
        return KINDS.contains(leaf.getString("kind", ""))
                ? Optional.of(new LoggedUse(
                        leaf.getString("contract", ""),
                        receiver.endsWith("#reply"),
                        leaf.getString("purpose", ""),
                        receiver,
                        leaf.getString("kind").equals("disclosure"),
                        names(leaf.getJsonArray("opened", new JsonArray())),
                        names(leaf.getJsonArray("carried", new JsonArray())),
                        leaf.getString("decision", "")))
                : Optional.empty();
    }

    private static Set<String> names(JsonArray names) {
        return names.stream().map(String::valueOf).collect(Collectors.toSet());
    }

    /**
     * Reads them from the configured database, or from the one that a running development node brings along. Blocks.
     *
     * @throws IOException if there is none, or reading takes more than an hour
     */
    public static ImpactReport of(Config config, Law before, Law after, Instant since, Instant until)
            throws IOException {
        DatabaseSettings settings = settings(config);
        Vertx vertx = Vertx.vertx();
        Database database = Database.open(vertx, settings);
        try {
            return of(database, before, after, since, until).await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IOException("the ledger cannot be read within " + PATIENCE, late);
        } finally {
            closed(database.close());
            closed(vertx.close());
        }
    }

    private static void closed(Future<Void> closing) throws IOException {
        try {
            closing.await(ENDING.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IOException("the connections to the ledger do not end", late);
        }
    }

    private static DatabaseSettings settings(Config config) throws IOException {
        if (config.database().url().isPresent()) {
            return Databases.choose(config.database(), Optional.empty(), DevelopmentWorld.DATA);
        }
        return DevelopmentWorld.beside(config.dataDir())
                .map(places -> places.apply(DevelopmentWorld.DATA))
                .map(at -> Databases.of(at, config.database()))
                .orElseThrow(() -> new IOException("no database is configured, and no node is at work on "
                        + config.dataDir() + ": start one, or name its --data-dir"));
    }
}
