package io.sluice.vault;

import static io.sluice.vault.Strongroom.EMAIL;
import static io.sluice.vault.Strongroom.HOME;
import static io.sluice.vault.Strongroom.NAME;
import static io.sluice.vault.Strongroom.STREET;
import static io.sluice.vault.Strongroom.await;
import static io.sluice.vault.Strongroom.holding;
import static io.sluice.vault.Strongroom.moved;
import static io.sluice.vault.Strongroom.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.guard.FieldOpener.Item;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Field;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.ValueType;
import io.sluice.storage.DatabaseSettings;
import io.sluice.testkit.PostgresFixture;
import io.sluice.vault.FieldNotOpened.Reason;
import io.sluice.vault.keystore.Keystore;
import io.sluice.vault.keystore.QuickKeystore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The vault on a real PostgreSQL and a real keystore file. */
final class VaultIT {

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static DatabaseSettings settings;
    private static Keystore keystore;

    private Strongroom room;
    private final SubjectId ada = somebody();
    private final SubjectId bo = somebody();
    private final UUID order = UUID.randomUUID();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        settings = PostgresFixture.freshDatabase("vault");
        keystore = QuickKeystore.open(folder.resolve("keystore"), Strongroom.NOW);
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void open() {
        room = new Strongroom(vertx, settings, keystore);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void whatWasSealedOpensForAPermit() {
        Item name = room.item(ada, NAME, order, "Ada Lovelace");
        Item street = room.item(ada, STREET, order, "神宮前 1-2-3 🏠");
        Item empty = room.item(ada, EMAIL, order, "");
        assertThat(room.open(room.permit(ada, order, NAME, STREET, EMAIL), name, street, empty))
                .containsExactly("Ada Lovelace", "神宮前 1-2-3 🏠", "");
        assertThat(room.count("sluice.vault.opened")).isEqualTo(3);
    }

    @Test
    void aGiftOpensWithTheKeysOfBothPersons() {
        Item name = room.item(bo, NAME, order, "Bo");
        Item email = room.item(ada, EMAIL, order, "ada@example.org");
        assertThat(room.open(room.permit(ada, bo, order, NAME, EMAIL), name, email))
                .containsExactly("Bo", "ada@example.org");
    }

    @Test
    void aCiphertextMovedToAnotherFieldDoesNotOpen() {
        Item street = moved(room.item(ada, NAME, order, "Ada"), ada, STREET, order);
        assertThat(room.refusal(room.permit(ada, order, STREET), street)).isEqualTo(Reason.NOT_AUTHENTIC);
    }

    @Test
    void aCiphertextMovedToAnotherRecordDoesNotOpen() {
        UUID another = UUID.randomUUID();
        Item elsewhere = moved(room.item(ada, NAME, order, "Ada"), ada, NAME, another);
        assertThat(room.refusal(room.permit(ada, another, NAME), elsewhere)).isEqualTo(Reason.NOT_AUTHENTIC);
    }

    @Test
    void aCiphertextMovedToAnotherPersonDoesNotOpen() {
        Item adas = room.item(ada, NAME, order, "Ada");
        Item bos = room.item(bo, NAME, order, "Bo");
        assertThat(room.refusal(room.permit(bo, order, NAME), moved(adas, bo, NAME, order)))
                .isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(room.open(room.permit(bo, order, NAME), bos)).containsExactly("Bo");
    }

    @Test
    @Clause("B1")
    void whatWasMovedOrChangedIsAnAlertAndWhoIsGoneIsNone() {
        Item name = room.item(ada, NAME, order, "canary-0815");
        UUID another = UUID.randomUUID();
        await(room.vault.createKeys(HOME, List.of(bo)));
        assertThat(room.refusal(room.permit(ada, order, STREET), moved(name, ada, STREET, order)))
                .isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(room.refusal(room.permit(ada, another, NAME), moved(name, ada, NAME, another)))
                .isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(room.refusal(room.permit(bo, order, NAME), moved(name, bo, NAME, order)))
                .isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(alerts(Reason.NOT_AUTHENTIC)).isEqualTo(3);
        assertThat(room.refusal(room.permit(ada, order, STREET), name)).isEqualTo(Reason.NOT_GRANTED);
        assertThat(alerts(Reason.NOT_GRANTED)).isEqualTo(1);

        await(room.vault.shred(HOME, ada));
        assertThat(room.refusal(room.permit(ada, order, NAME), name)).isEqualTo(Reason.KEY_NOT_USABLE);
        SubjectId nobody = somebody();
        assertThat(room.refusal(room.permit(nobody, order, NAME), moved(name, nobody, NAME, order)))
                .isEqualTo(Reason.KEY_NOT_USABLE);
        assertThat(alerts(Reason.KEY_NOT_USABLE))
                .as("an erased person is no alert")
                .isZero();
    }

    @Test
    void anAlertNamesTheContractAndNobody() {
        Item name = room.item(ada, NAME, order, "canary-0815");
        Logger logger = (Logger) LoggerFactory.getLogger(Alerts.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            assertThat(room.refusal(room.permit(ada, order, STREET), moved(name, ada, STREET, order)))
                    .isEqualTo(Reason.NOT_AUTHENTIC);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage())
                    .contains("NOT_AUTHENTIC", "carrier.dispatch")
                    .doesNotContain("canary", ada.value().toString(), order.toString());
        });
    }

    @Test
    void aChangedCiphertextDoesNotOpen() {
        Item name = room.item(ada, NAME, order, "Ada");
        byte[] sound = name.sealed().bytes();
        for (int at = 0; at < sound.length; at++) {
            byte[] broken = sound.clone();
            broken[at] ^= 1;
            assertThat(room.refusal(room.permit(ada, order, NAME), holding(name, Sealed.of(broken))))
                    .as("byte %d changed", at)
                    .isIn(Reason.NOT_AUTHENTIC, Reason.UNKNOWN_KEY);
        }
        assertThat(room.refusal(room.permit(ada, order, NAME), holding(name, Sealed.of(new byte[] {1, 0, 1}))))
                .isEqualTo(Reason.UNKNOWN_KEY);
    }

    @Test
    void oneThatDoesNotOpenKeepsTheOthersClosed() {
        Item name = room.item(ada, NAME, order, "Ada");
        Item wrong = moved(room.item(ada, NAME, order, "Ada"), ada, STREET, order);
        assertThat(room.refusal(room.permit(ada, order, NAME, STREET), name, wrong))
                .isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(room.count("sluice.vault.opened")).isZero();
    }

    @Test
    void aPermitOpensOnce() {
        Item name = room.item(ada, NAME, order, "Ada");
        Permit permit = room.permit(ada, order, NAME);
        assertThat(room.open(permit, name)).containsExactly("Ada");
        assertLapsed(permit, name);
        assertThat(room.count("sluice.vault.failures", "act", "open", "reason", "PERMIT_LAPSED"))
                .isEqualTo(1);
    }

    @Test
    void aPermitThatFailedToOpenIsUsedUp() {
        Item name = room.item(ada, NAME, order, "Ada");
        Permit permit = room.permit(ada, order, NAME);
        assertThat(room.refusal(permit, moved(name, ada, STREET, order))).isEqualTo(Reason.NOT_GRANTED);
        assertLapsed(permit, name);
    }

    @Test
    void aLatePermitOpensNothing() {
        Item name = room.item(ada, NAME, order, "Ada");
        Permit permit = room.permit(ada, order, NAME);
        room.nanos.addAndGet(2_000_000_000L);
        assertLapsed(permit, name);
    }

    @Test
    void aPermitOpensOnlyWhatItGrants() {
        Item name = room.item(ada, NAME, order, "Ada");
        Item street = room.item(ada, STREET, order, "1 Byron Lane");
        assertThat(room.refusal(room.permit(ada, order, NAME), name, street)).isEqualTo(Reason.NOT_GRANTED);
    }

    @Test
    void aPermitOpensNobodyElses() {
        Item bos = room.item(bo, NAME, order, "Bo");
        assertThat(room.refusal(room.permit(ada, order, NAME), bos)).isEqualTo(Reason.NOT_GRANTED);
    }

    @Test
    void aPermitOpensNoOtherRecord() {
        Item another = room.item(ada, NAME, UUID.randomUUID(), "Ada");
        assertThat(room.refusal(room.permit(ada, order, NAME), another)).isEqualTo(Reason.NOT_GRANTED);
    }

    @Test
    void withoutAKeyNothingIsSealed() {
        assertThatThrownBy(() -> room.sealer(ada))
                .isInstanceOfSatisfying(
                        KeyNotUsable.class, cause -> assertThat(cause.reason()).isEqualTo(KeyNotUsable.Reason.MISSING));
    }

    @Test
    void aMissingKeyIsAFailureAndNeverAnEmptyText() {
        Item name = room.item(ada, NAME, order, "Ada");
        SubjectId nobody = somebody();
        assertThat(room.refusal(room.permit(nobody, order, NAME), moved(name, nobody, NAME, order)))
                .isEqualTo(Reason.KEY_NOT_USABLE);
    }

    @Test
    void aShreddedKeyOpensNothingAndIsNotMadeAgain() {
        Item name = room.item(ada, NAME, order, "Ada");
        Strongroom anotherNode = new Strongroom(vertx, settings, keystore);
        sql("update vault.subject_key set wrapped = null, shredded_at = now() where subject = $1", ada.value());
        await(anotherNode.vault.createKeys(HOME, List.of(ada)));
        assertThat(anotherNode.refusal(anotherNode.permit(ada, order, NAME), name))
                .isEqualTo(Reason.KEY_NOT_USABLE);
        assertThatThrownBy(() -> anotherNode.sealer(ada))
                .isInstanceOfSatisfying(
                        KeyNotUsable.class,
                        cause -> assertThat(cause.reason()).isEqualTo(KeyNotUsable.Reason.SHREDDED));
        anotherNode.close();
    }

    @Test
    void aWrappedKeyMovedToAnotherPersonDoesNotUnwrap() {
        Item name = room.item(ada, NAME, order, "Ada");
        await(room.vault.createKeys(HOME, List.of(bo)));
        sql("""
                update vault.subject_key b set wrapped = a.wrapped from vault.subject_key a
                where a.subject = $1 and b.subject = $2""", ada.value(), bo.value());
        Strongroom anotherNode = new Strongroom(vertx, settings, keystore);
        assertThat(anotherNode.refusal(anotherNode.permit(bo, order, NAME), moved(name, bo, NAME, order)))
                .isEqualTo(Reason.KEY_NOT_USABLE);
        assertThat(anotherNode.count("sluice.vault.alerts", "alert", "NOT_OPENED", "reason", "KEY_NOT_USABLE"))
                .isEqualTo(1);
        anotherNode.close();
    }

    @Test
    void keysAreMadeOnce() {
        Item name = room.item(ada, NAME, order, "Ada");
        Buffers before = row(ada);
        await(room.vault.createKeys(HOME, List.of(ada, ada, bo)));
        await(room.vault.createKeys(HOME, List.of()));
        assertThat(row(ada)).isEqualTo(before);
        assertThat(room.open(room.permit(ada, order, NAME), name)).containsExactly("Ada");
    }

    @Test
    void keysMadeAtOnceByManyAreOne() {
        Strongroom anotherNode = new Strongroom(vertx, settings, keystore);
        List<Future<Void>> making = new ArrayList<>();
        List<SubjectId> persons = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            SubjectId person = somebody();
            persons.add(person);
            making.add(room.vault.createKeys(HOME, List.of(person, bo)));
            making.add(anotherNode.vault.createKeys(HOME, List.of(bo, person)));
        }
        await(Future.all(making));
        for (SubjectId person : persons) {
            Item here = new Item(person, NAME, order, room.sealer(person).seal(order, NAME, "here"));
            Item there =
                    new Item(person, NAME, order, anotherNode.sealer(person).seal(order, NAME, "there"));
            assertThat(room.open(room.permit(person, order, NAME), there)).containsExactly("there");
            assertThat(anotherNode.open(anotherNode.permit(person, order, NAME), here))
                    .containsExactly("here");
        }
        anotherNode.close();
    }

    @Test
    void aRestartOpensWhatWasSealedBefore() {
        Item name = room.item(ada, NAME, order, "Ada");
        Keystore again = QuickKeystore.open(folder.resolve("keystore"), Strongroom.NOW);
        Strongroom restarted = new Strongroom(vertx, settings, again);
        assertThat(restarted.open(restarted.permit(ada, order, NAME), name)).containsExactly("Ada");
        assertThat(restarted.count("sluice.vault.keys", "from", "database")).isEqualTo(1);
        restarted.close();
    }

    @Test
    void anotherKeystoreOpensNothing() {
        Item name = room.item(ada, NAME, order, "Ada");
        Keystore other = QuickKeystore.open(folder.resolve("other"), Strongroom.NOW);
        Strongroom elsewhere = new Strongroom(vertx, settings, other);
        assertThat(elsewhere.refusal(elsewhere.permit(ada, order, NAME), name)).isEqualTo(Reason.KEY_NOT_USABLE);
        elsewhere.close();
    }

    @Test
    void everyCounterIsExportedUnderANameOfItsOwn() {
        Item name = room.item(ada, NAME, order, "Ada");
        assertThat(room.open(room.permit(ada, order, NAME), name)).containsExactly("Ada");
        assertThat(room.meters.scrape())
                .contains("sluice_vault_keys_total{from=\"cache\"}")
                .contains("sluice_vault_keys_total{from=\"database\"}")
                .contains("sluice_vault_keys_made_total 1.0")
                .contains("sluice_vault_sealed_total 1.0")
                .contains("sluice_vault_opened_total 1.0");
    }

    @Test
    void aKeyIsLoadedOnceAndThenComesFromTheCache() {
        await(room.vault.createKeys(HOME, List.of(ada)));
        Strongroom anotherNode = new Strongroom(vertx, settings, keystore);
        for (int i = 0; i < 10; i++) {
            assertThat(anotherNode.sealer(ada)).isNotNull();
        }
        assertThat(anotherNode.count("sluice.vault.keys", "from", "database")).isEqualTo(1);
        assertThat(anotherNode.count("sluice.vault.keys", "from", "cache")).isEqualTo(9);
        anotherNode.nanos.addAndGet(600_000_000_001L);
        assertThat(anotherNode.sealer(ada)).isNotNull();
        assertThat(anotherNode.count("sluice.vault.keys", "from", "database"))
                .as("nothing is kept longer than it may be")
                .isEqualTo(2);
        anotherNode.close();
    }

    @Test
    void noTwoCiphertextsAreAlike() {
        await(room.vault.createKeys(HOME, List.of(ada)));
        Sealer sealer = room.sealer(ada);
        Set<Sealed> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.add(sealer.seal(order, NAME, "Ada"))).isTrue();
        }
    }

    @Test
    void whatTravelsInClearIsNotSealedAndHalfACharacterNeither() {
        await(room.vault.createKeys(HOME, List.of(ada)));
        Sealer sealer = room.sealer(ada);
        Field<String> clear = Field.operational(1, "order.currency", ValueType.TEXT);
        assertThatThrownBy(() -> sealer.seal(order, clear, "EUR")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sealer.seal(order, NAME, "Ada \ud83c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("Ada");
    }

    @Test
    void theRowHoldsNeitherKeyNorPlaintext() {
        Item name = room.item(ada, NAME, order, "canary-4711");
        KekProvider keks = keystore.keks(vertx, InstantSource.fixed(Strongroom.NOW));
        byte[] key = await(keks.unwrap(1, row(ada).wrapped(), KeyRows.place(ada, 1)));
        String stored = HexFormat.of().formatHex(row(ada).wrapped().getBytes());
        assertThat(key).hasSize(32);
        assertThat(stored).doesNotContain(HexFormat.of().formatHex(key));
        assertThat(new String(name.sealed().bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("canary");
        assertThat(name.toString()).doesNotContain("canary");
    }

    @Test
    void aKeyStoreThatIsAwayIsNoRefusal() {
        Item name = room.item(ada, NAME, order, "Ada");
        Strongroom cutOff = new Strongroom(vertx, settings.withDatabase("no_such_database"), keystore);
        assertThatThrownBy(() -> cutOff.open(cutOff.permit(ada, order, NAME), name))
                .isNotInstanceOf(FieldNotOpened.class);
        assertThatThrownBy(() -> await(cutOff.vault.createKeys(HOME, List.of(ada))))
                .isInstanceOf(RuntimeException.class);
        cutOff.close();
    }

    private double alerts(Reason reason) {
        return room.count("sluice.vault.alerts", "alert", "NOT_OPENED", "reason", reason.name());
    }

    private void assertLapsed(Permit permit, Item item) {
        assertThatThrownBy(() -> room.open(permit, item)).isInstanceOf(PermitLapsed.class);
    }

    private record Buffers(int version, io.vertx.core.buffer.Buffer wrapped) {}

    private Buffers row(SubjectId subject) {
        Row row = await(room.database.query(
                        "select version, wrapped from vault.subject_key where subject = $1", Tuple.of(subject.value())))
                .iterator()
                .next();
        return new Buffers(row.getInteger(0), row.getBuffer(1));
    }

    private void sql(String statement, Object... arguments) {
        assertThat(await(room.database.query(statement, Tuple.from(arguments))).rowCount())
                .isEqualTo(1);
    }
}
