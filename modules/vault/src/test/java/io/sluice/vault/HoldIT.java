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

import io.sluice.guard.FieldOpener.Item;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.DatabaseSettings;
import io.sluice.testkit.PostgresFixture;
import io.sluice.vault.FieldNotOpened.Reason;
import io.sluice.vault.keystore.Keystore;
import io.sluice.vault.keystore.QuickKeystore;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the law keeps of a person when the person's own key dies. */
final class HoldIT {

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static DatabaseSettings settings;
    private static Keystore keystore;

    private final AtomicReference<Instant> now = new AtomicReference<>(Strongroom.NOW);
    private final LocalDate until =
            Strongroom.NOW.atOffset(ZoneOffset.UTC).toLocalDate().plusYears(10);
    private final SubjectId ada = somebody();
    private final SubjectId bo = somebody();
    private final UUID order = UUID.randomUUID();
    private Strongroom room;
    private Item name;
    private Item street;

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
        room = new Strongroom(vertx, settings, keystore.keks(vertx, now::get), now::get);
        name = room.item(ada, NAME, order, "Ada Lovelace");
        street = room.item(ada, STREET, order, "1 Byron Lane");
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    @Clause("D4")
    void whatIsHeldOutlivesThePersonsKeyAndTheRestDoesNot() {
        Item held = held("tax", name);
        await(room.vault.shred(HOME, ada));
        assertThat(room.open(room.permit(ada, order, NAME), held)).containsExactly("Ada Lovelace");
        assertThat(room.refusal(room.permit(ada, order, STREET), street)).isEqualTo(Reason.KEY_NOT_USABLE);
        assertThat(room.refusal(room.permit(ada, order, NAME), name)).isEqualTo(Reason.KEY_NOT_USABLE);
    }

    @Test
    void whatIsHeldOpensInItsOwnPlaceOnly() {
        Item held = held("tax", name);
        UUID another = UUID.randomUUID();
        await(room.vault.createKeys(HOME, List.of(bo)));
        assertThat(room.refusal(room.permit(ada, order, STREET), moved(held, ada, STREET, order)))
                .isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(room.refusal(room.permit(ada, another, NAME), moved(held, ada, NAME, another)))
                .isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(room.refusal(room.permit(bo, order, NAME), moved(held, bo, NAME, order)))
                .isEqualTo(Reason.NOT_AUTHENTIC);
        assertThat(room.open(room.permit(ada, order, NAME), held)).hasSize(1);
    }

    @Test
    void whatIsHeldOpensForAPermitThatGrantsItOnly() {
        Item held = held("tax", name);
        assertThat(room.refusal(room.permit(ada, order, STREET), held)).isEqualTo(Reason.NOT_GRANTED);
        assertThat(room.refusal(room.permit(bo, order, NAME), held)).isEqualTo(Reason.NOT_GRANTED);
    }

    @Test
    void nothingMakesOneHoldsCiphertextAnothersNorAPersons() {
        Item held = held("tax", name);
        Hold other = await(room.vault.hold(HOME, "complaint", until));
        byte[] bytes = held.sealed().bytes().clone();
        byte[] id = java.nio.ByteBuffer.allocate(16)
                .putLong(other.id().value().getMostSignificantBits())
                .putLong(other.id().value().getLeastSignificantBits())
                .array();
        System.arraycopy(id, 0, bytes, 3, 16);
        assertThat(room.refusal(room.permit(ada, order, NAME), holding(held, Sealed.of(bytes))))
                .isEqualTo(Reason.NOT_AUTHENTIC);
        for (int at = 0; at < held.sealed().bytes().length; at++) {
            byte[] broken = held.sealed().bytes().clone();
            broken[at] ^= 1;
            assertThat(room.refusal(room.permit(ada, order, NAME), holding(held, Sealed.of(broken))))
                    .as("byte %d changed", at)
                    .isIn(Reason.NOT_AUTHENTIC, Reason.UNKNOWN_KEY, Reason.KEY_NOT_USABLE);
        }
    }

    @Test
    void aReasonAndADayHaveOneKeyWhoeverItIsAbout() {
        Hold first = await(room.vault.hold(HOME, "tax", until));
        assertThat(await(room.vault.hold(HOME, "tax", until))).isEqualTo(first);
        assertThat(await(room.vault.hold(HOME, "tax", until.plusDays(1))).id()).isNotEqualTo(first.id());
        assertThat(await(room.vault.hold(HOME, "complaint", until)).id()).isNotEqualTo(first.id());
    }

    @Test
    void ofAShreddedPersonNothingCanBeHeldAnyMore() {
        await(room.vault.shred(HOME, ada));
        Hold hold = await(room.vault.hold(HOME, "tax", until));
        assertThatThrownBy(() -> await(room.vault.reseal(hold, List.of(name)))).isInstanceOf(FieldNotOpened.class);
    }

    @Test
    void aCiphertextFromElsewhereIsNotHeld() {
        Hold hold = await(room.vault.hold(HOME, "tax", until));
        assertThatThrownBy(() -> await(room.vault.reseal(hold, List.of(name, moved(name, ada, EMAIL, order)))))
                .isInstanceOfSatisfying(
                        FieldNotOpened.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_AUTHENTIC));
        assertThat(room.count("sluice.vault.alerts", "alert", "NOT_OPENED", "reason", "NOT_AUTHENTIC"))
                .isEqualTo(1);
    }

    @Test
    void aHoldDiesTheDayAfterItsLastAndNotBefore() {
        LocalDate soon = Strongroom.NOW.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1);
        Hold hold = await(room.vault.hold(HOME, "returns " + UUID.randomUUID(), soon));
        Item held = holding(name, await(room.vault.reseal(hold, List.of(name))).getFirst());
        KeyUpkeep upkeep = room.vault
                .upkeep(EpochSettings.of(Duration.ofDays(1), Duration.ofDays(7)))
                .getFirst();
        now.set(soon.atTime(23, 59).toInstant(ZoneOffset.UTC));
        assertThat(await(upkeep.pass())).isTrue();
        assertThat(room.open(room.permit(ada, order, NAME), held)).hasSize(1);

        now.set(soon.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        assertThat(await(upkeep.pass())).isTrue();

        assertThat(room.refusal(room.permit(ada, order, NAME), held)).isEqualTo(Reason.KEY_NOT_USABLE);
        assertThat(room.open(room.permit(ada, order, NAME), name))
                .as("the person's own key lives")
                .hasSize(1);
        assertThatThrownBy(() -> await(room.vault.hold(HOME, "returns", soon)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHoldThatCannotBeEndedHoldsUpNeitherTheOthersNorWhatElseIsDue() {
        LocalDate soon = Strongroom.NOW.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1);
        Hold stuck = await(room.vault.hold(HOME, "stuck " + UUID.randomUUID(), soon));
        Hold other = await(room.vault.hold(HOME, "other " + UUID.randomUUID(), soon));
        Item held = holding(name, await(room.vault.reseal(other, List.of(name))).getFirst());
        run("""
                create function vault.refuse_stuck() returns trigger language plpgsql as
                $$ begin raise exception 'not now'; end $$""");
        run(
                "create trigger stuck before update on vault.subject_key for each row when (new.wrapped is null and old.subject = '"
                        + stuck.id().value() + "') execute function vault.refuse_stuck()");
        KeyUpkeep upkeep = room.vault
                .upkeep(EpochSettings.of(Duration.ofDays(1), Duration.ofDays(7)))
                .getFirst();
        now.set(soon.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        int before = await(upkeep.standing()).getLast().epoch().number();

        assertThat(await(upkeep.pass())).isTrue();

        assertThat(room.refusal(room.permit(ada, order, NAME), held)).isEqualTo(Reason.KEY_NOT_USABLE);
        assertThat(await(upkeep.standing()).getLast().epoch().number()).isGreaterThan(before);
        assertThat(room.count("sluice.vault.alerts", "alert", "HOLD_NOT_ENDED", "reason", "PgException"))
                .isPositive();
        run("drop trigger stuck on vault.subject_key");
        run("drop function vault.refuse_stuck()");
        assertThat(await(upkeep.pass())).isTrue();
        assertThat(await(room.database.query(
                                "select from vault.hold where id = $1 and ended_at is not null",
                                Tuple.of(stuck.id().value())))
                        .size())
                .as("it is ended once it can be")
                .isEqualTo(1);
    }

    private void run(String sql) {
        await(room.database.query(sql, Tuple.tuple()));
    }

    @Test
    void aHoldsKeyIsWrappedAnewLikeAnyOther() {
        Item held = held("tax", name);
        await(room.vault.shred(HOME, ada));
        assertThat(await(room.vault
                        .upkeep(EpochSettings.of(Duration.ofDays(1), Duration.ofDays(7)))
                        .getFirst()
                        .rotate()))
                .isGreaterThan(1);
        Strongroom restarted = new Strongroom(vertx, settings, keystore);
        assertThat(restarted.open(restarted.permit(ada, order, NAME), held)).containsExactly("Ada Lovelace");
        restarted.close();
    }

    private Item held(String reason, Item item) {
        Hold hold = await(room.vault.hold(HOME, reason, until));
        return holding(item, await(room.vault.reseal(hold, List.of(item))).getFirst());
    }
}
