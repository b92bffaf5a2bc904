package io.sluice.vault;

import static io.sluice.vault.Strongroom.HOME;
import static io.sluice.vault.Strongroom.NAME;
import static io.sluice.vault.Strongroom.await;
import static io.sluice.vault.Strongroom.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.guard.FieldOpener.Item;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.EmbeddedPostgres;
import io.sluice.storage.Migrations;
import io.sluice.vault.keystore.QuickKeystore;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trap that crypto-shredding falls into where it is only asserted: a wrapped key that was deleted still lies in the key
 * server's backups. Two servers of their own, a base backup of each from before a shredding, and the keystore, of which there
 * are no backups.
 */
final class RestoreIT {

    private static final Duration EPOCH = Duration.ofDays(1);
    private static final Duration GRACE = Duration.ofDays(7);
    private static final int PERSONS = 20;

    @TempDir
    private static Path folder;

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.now());
    private static final List<EmbeddedPostgres> SERVERS = new ArrayList<>();
    private static final List<Strongroom> NODES = new ArrayList<>();
    private static final List<Database> DATABASES = new ArrayList<>();
    private static final SubjectId ADA = somebody();

    private static Vertx vertx;
    private static DatabaseSettings keys;
    private static DatabaseSettings oldData;
    private static DatabaseSettings oldKeys;
    private static List<String> openedBeforeTheHorizon;

    /** A person's field in a table of the data server, and an amount that nobody may lose. */
    private record Rest(Item item, long cents) {}

    @BeforeAll
    static void backUpBothShredRestoreAndPassTheHorizon() throws IOException, SQLException {
        vertx = Vertx.vertx();
        EmbeddedPostgres dataServer = server("data");
        EmbeddedPostgres keyServer = server("keys");
        keys = keyServer.settings("sluice");
        Migrations.run(keys, List.of("vault"));
        fill(dataServer.settings("sluice"));
        BaseBackup.take(dataServer, folder.resolve("data"), folder.resolve("data-backup"));
        BaseBackup.take(keyServer, folder.resolve("keys"), folder.resolve("keys-backup"));
        await(node(keys).vault.shred(HOME, ADA));
        oldData = server("data-backup").settings("sluice");
        oldKeys = server("keys-backup").settings("sluice");
        openedBeforeTheHorizon = open(node(oldKeys), hers());
        passTheHorizon();
    }

    @AfterAll
    static void stop() {
        NODES.forEach(Strongroom::close);
        DATABASES.forEach(database -> await(database.close()));
        await(vertx.close());
        SERVERS.forEach(server -> assertThat(server.stop()).isTrue());
    }

    @Test
    @Clause({"B3", "D4"})
    void oldDataWithTodaysKeysOpensForEverybodyButWhoWasShredded() {
        List<Rest> restored = read(oldData);

        assertThat(restored).hasSize(PERSONS);
        assertThat(restored.stream().mapToLong(Rest::cents).sum()).isEqualTo(PERSONS * (PERSONS - 1) / 2 * 1001L);
        Strongroom today = node(keys);
        for (Rest rest : restored) {
            if (rest.item().owner().equals(ADA)) {
                assertThat(refusal(today, rest)).isEqualTo(FieldNotOpened.Reason.KEY_NOT_USABLE);
            } else {
                assertThat(open(today, rest)).containsExactly("person " + rest.cents() / 1001);
            }
        }
    }

    @Test
    @Clause("D4")
    void oldDataWithOldKeysOpensNothingOnceTheHorizonIsPassed() {
        Strongroom restored = node(oldKeys);
        for (Rest rest : read(oldData)) {
            assertThat(refusal(restored, rest)).isEqualTo(FieldNotOpened.Reason.KEY_NOT_USABLE);
        }
        assertThat(wrappedKeys(oldKeys))
                .as("the wrapped keys are all there, and are nothing")
                .isEqualTo(PERSONS);
    }

    @Test
    void beforeTheHorizonTheTrapWasReal() {
        assertThat(openedBeforeTheHorizon).containsExactly("person 7");
    }

    private static Rest hers() {
        return read(oldData).stream()
                .filter(rest -> rest.item().owner().equals(ADA))
                .findFirst()
                .orElseThrow();
    }

    private static void passTheHorizon() {
        KeyUpkeep upkeep =
                node(keys).vault.upkeep(EpochSettings.of(EPOCH, GRACE)).getFirst();
        NOW.updateAndGet(at -> at.plus(EPOCH));
        assertThat(await(upkeep.pass())).isTrue();
        NOW.updateAndGet(at -> at.plus(GRACE));
        assertThat(await(upkeep.pass())).isTrue();
    }

    private static void fill(DatabaseSettings data) {
        Database database = database(data);
        await(database.query(
                "create table field (owner uuid, record uuid primary key, sealed bytea, cents bigint)", Tuple.tuple()));
        Strongroom node = node(keys);
        for (int i = 0; i < PERSONS; i++) {
            SubjectId owner = i == 7 ? ADA : somebody();
            Item item = node.item(owner, NAME, UUID.randomUUID(), "person " + i);
            await(database.query(
                    "insert into field values ($1, $2, $3, $4)",
                    Tuple.of(
                            owner.value(),
                            item.record(),
                            Buffer.buffer(item.sealed().bytes()),
                            i * 1001L)));
        }
    }

    private static List<Rest> read(DatabaseSettings data) {
        List<Rest> all = new ArrayList<>();
        for (Row row : await(database(data).query("select owner, record, sealed, cents from field", Tuple.tuple()))) {
            all.add(new Rest(
                    new Item(
                            new SubjectId(row.getUUID(0)),
                            NAME,
                            row.getUUID(1),
                            Sealed.of(row.getBuffer(2).getBytes())),
                    row.getLong(3)));
        }
        return all;
    }

    private static int wrappedKeys(DatabaseSettings at) {
        return await(database(at)
                        .query("select count(*)::int from vault.subject_key where wrapped is not null", Tuple.tuple()))
                .iterator()
                .next()
                .getInteger(0);
    }

    private static List<String> open(Strongroom node, Rest rest) {
        return node.open(node.permit(rest.item().owner(), rest.item().record(), NAME), rest.item());
    }

    private static FieldNotOpened.Reason refusal(Strongroom node, Rest rest) {
        return node.refusal(node.permit(rest.item().owner(), rest.item().record(), NAME), rest.item());
    }

    /** A node that has just started: it has today's keystore, and nothing in memory. */
    private static Strongroom node(DatabaseSettings at) {
        Strongroom node = new Strongroom(
                vertx,
                at,
                QuickKeystore.open(folder.resolve("keystore"), NOW.get()).keks(vertx, NOW::get),
                NOW::get);
        NODES.add(node);
        return node;
    }

    private static Database database(DatabaseSettings at) {
        Database database = Database.open(vertx, at);
        DATABASES.add(database);
        return database;
    }

    private static EmbeddedPostgres server(String name) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.start(
                EmbeddedPostgres.Settings.durable(Files.createDirectories(folder.resolve(name))), List.of("sluice"));
        SERVERS.add(server);
        return server;
    }
}
