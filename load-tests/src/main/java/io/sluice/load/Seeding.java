package io.sluice.load;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.app.config.PolicyConfig;
import io.sluice.app.config.Profile;
import io.sluice.app.node.Lawbook;
import io.sluice.kernel.Ids;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.policy.Law;
import io.sluice.storage.Database;
import io.sluice.vault.RegionStore;
import io.sluice.vault.Vault;
import io.sluice.vault.VaultSettings;
import io.sluice.vault.keystore.Keystore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Fills a node's databases in bulk with rows of the shape that the product writes: products and stock; persons with their
 * consent records and keys; sessions for those who will order. Accounts, which checkout never reads, are left out.
 */
final class Seeding {

    static final long ON_HAND = 1_000_000_000;

    private static final int PORTION = 5_000;

    /** What the node under load calls its own, unless it is configured otherwise. */
    private static final String REGION = "local";

    private static final long PATIENCE_SECONDS = 60;

    private final Server server;
    private final Law law;

    private Seeding(Server server, Law law) {
        this.server = server;
        this.law = law;
    }

    static Seeding under(Path policies, Server server) throws IOException {
        PolicyConfig config = new PolicyConfig(policies, Optional.empty());
        return new Seeding(
                server, Lawbook.open(config, Profile.DEVELOPMENT, Instant.now()).inForce());
    }

    /** Products {@code SKU-000001} and up, each with more on hand than any run can sell. */
    void stock(int skus) throws SQLException {
        server.run(Server.DATA, """
                insert into commerce.product (sku, name, price, currency)
                select 'SKU-' || lpad(n::text, 6, '0'), 'Product ' || n, 990, 'EUR' from generate_series(1, %1$d) as n;
                insert into commerce.stock (sku, on_hand)
                select 'SKU-' || lpad(n::text, 6, '0'), %2$d from generate_series(1, %1$d) as n;""".formatted(skus, ON_HAND));
    }

    /** New persons, who permit what needs no consent of theirs. */
    List<UUID> persons(int count) throws SQLException {
        Ids ids = Ids.secure(InstantSource.system());
        List<Purpose> permitted = Stream.of(Purpose.values())
                .filter(purpose -> law.rule(purpose).basis().permitsUnasked())
                .toList();
        int mask = permitted.stream().mapToInt(Purpose::mask).reduce(0, (a, b) -> a | b);
        List<UUID> subjects = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            subjects.add(ids.next());
        }
        try (Connection connection = server.connect(Server.DATA)) {
            for (int from = 0; from < count; from += PORTION) {
                UUID[] portion =
                        subjects.subList(from, Math.min(count, from + PORTION)).toArray(UUID[]::new);
                insert(connection, """
                        insert into stewardship.subject (id, kind, permitted, region, created_at)
                        select s, 'account', %d, '%s', now() from unnest(?::uuid[]) as s""".formatted(mask, REGION), portion);
                for (Purpose purpose : permitted) {
                    insert(connection, consents(purpose), portion);
                }
            }
        }
        return subjects;
    }

    private String consents(Purpose purpose) {
        return """
                insert into stewardship.consent (id, subject, purpose, granted, said, basis, policy_version, channel, at)
                select uuidv7(), s, '%s', true, false, '%s', '%s', 'api', now() from unnest(?::uuid[]) as s""".formatted(purpose.id(), law.rule(purpose).basis().id(), law.version());
    }

    private static void insert(Connection connection, String sql, UUID[]... arrays) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arrays.length; i++) {
                statement.setArray(i + 1, connection.createArrayOf("uuid", arrays[i]));
            }
            int rows = statement.executeUpdate();
            if (rows != arrays[0].length) {
                throw new BenchFailed("seeding wrote " + rows + " rows for " + arrays[0].length);
            }
        }
    }

    /** So many of the persons, evenly spread, each with an open session. */
    List<Buyer> buyers(List<UUID> persons, int count) throws SQLException {
        List<Buyer> buyers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            buyers.add(new Buyer(persons.get((int) ((long) i * persons.size() / count)), UUID.randomUUID()));
        }
        try (Connection connection = server.connect(Server.DATA)) {
            insert(
                    connection,
                    """
                    insert into stewardship.session (id, subject, epoch, signed_in_at, until)
                    select i, s, 0, now(), now() + interval '30 days' from unnest(?::uuid[], ?::uuid[]) as t (i, s)""",
                    buyers.stream().map(Buyer::session).toArray(UUID[]::new),
                    buyers.stream().map(Buyer::subject).toArray(UUID[]::new));
        }
        return buyers;
    }

    /** A key for each person, made and wrapped by the vault itself. */
    void keys(Vertx vertx, Keystore keystore, List<UUID> persons) throws TimeoutException {
        Database keys = Database.open(vertx, server.database(Server.KEYS));
        Vault vault = new Vault(
                vertx,
                Map.of(REGION, new RegionStore(keys, keystore.keks(vertx, InstantSource.system()))),
                InstantSource.system(),
                System::nanoTime,
                new SimpleMeterRegistry(),
                VaultSettings.keeping(1));
        for (int from = 0; from < persons.size(); from += PORTION) {
            List<SubjectId> portion = persons.subList(from, Math.min(persons.size(), from + PORTION)).stream()
                    .map(SubjectId::new)
                    .toList();
            vault.createKeys(REGION, portion).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        vault.close().compose(closed -> keys.close()).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Statistics of what was filled. Tables that are still empty have none, as on any new node. */
    void analyse() throws SQLException {
        server.run(
                Server.DATA,
                "vacuum analyze commerce.product, commerce.stock, stewardship.subject, stewardship.consent,"
                        + " stewardship.session");
        server.run(Server.KEYS, "vacuum analyze vault.subject_key");
        server.run(Server.DATA, "checkpoint");
    }
}
