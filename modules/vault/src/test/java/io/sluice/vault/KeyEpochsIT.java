package io.sluice.vault;

import static io.sluice.vault.Strongroom.HOME;
import static io.sluice.vault.Strongroom.NAME;
import static io.sluice.vault.Strongroom.await;
import static io.sluice.vault.Strongroom.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.guard.FieldOpener.Item;
import io.sluice.kernel.Clause;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.sluice.storage.AdvisoryLock;
import io.sluice.storage.DatabaseSettings;
import io.sluice.testkit.PostgresFixture;
import io.sluice.vault.keystore.QuickKeystore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Epochs that turn, age and are destroyed: two nodes, one key store, one keystore file, and a clock that the test turns. */
final class KeyEpochsIT {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration GRACE = Duration.ofDays(7);
    private static final EpochSettings EPOCHS = new EpochSettings(DAY, GRACE, Duration.ofMinutes(1), 10, 100_000);

    @TempDir
    private static Path folder;

    private static Vertx vertx;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final UUID order = UUID.randomUUID();
    private DatabaseSettings settings;
    private Path file;
    private KeksInHand keks;
    private Strongroom here;
    private Strongroom there;
    private KeyUpkeep upkeep;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void open() {
        settings = PostgresFixture.freshDatabase("vault");
        file = folder.resolve("keystore-" + UUID.randomUUID());
        keks = new KeksInHand(node());
        here = new Strongroom(vertx, settings, keks, now::get);
        there = new Strongroom(vertx, settings, node(), now::get);
        upkeep = here.vault.upkeep(EPOCHS).getFirst();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void anEpochTurnsWhenItsTimeIsOverAndNotBefore() {
        pass(DAY.minusSeconds(60));
        assertThat(keks.currentEpoch()).isEqualTo(1);
        pass(Duration.ofSeconds(120));
        assertThat(keks.currentEpoch()).isEqualTo(2);
        pass(DAY.minusSeconds(60));
        assertThat(keks.currentEpoch()).isEqualTo(2);
    }

    @Test
    @Clause("B3")
    void livingKeysAreWrappedAnewAndEverythingOpensOnEveryNode() {
        List<Item> items = sealed(25);
        pass(DAY.plusSeconds(1));
        assertThat(living()).containsExactly("2:25");
        items.forEach(item -> {
            assertOpens(here, item);
            assertOpens(there, item);
        });
        assertThat(here.count("sluice.vault.rewrapped")).isEqualTo(25);
    }

    @Test
    void aNodeThatHoldsTheOldRowInHandOpensByIt() {
        Item item = sealed(1).getFirst();
        Promise<Void> meanwhile = Promise.promise();
        Promise<Void> reached = Promise.promise();
        KeksInHand slow = new KeksInHand(node());
        // its own clock stands: a permit lives for seconds, and this is about epochs
        Strongroom sleeper = new Strongroom(vertx, settings, slow, InstantSource.fixed(now.get()));
        slow.beforeUnwrap = () -> {
            reached.tryComplete();
            return meanwhile.future();
        };
        Future<?> opening = sleeper.vault.open(sleeper.permit(item.owner(), order, NAME), List.of(item));
        await(reached.future());
        pass(DAY.plusSeconds(1));
        meanwhile.complete();
        assertThat(await(opening)).isNotNull();
        sleeper.close();
    }

    @Test
    void aNodeThatHeldTheOldRowUntilItsEpochWasDestroyedReadsTheNewOne() {
        Item item = sealed(1).getFirst();
        Promise<Void> meanwhile = Promise.promise();
        Promise<Void> reached = Promise.promise();
        KeksInHand slow = new KeksInHand(node());
        // its own clock stands: a permit lives for seconds, and this is about epochs
        Strongroom sleeper = new Strongroom(vertx, settings, slow, InstantSource.fixed(now.get()));
        slow.beforeUnwrap = () -> {
            reached.tryComplete();
            return meanwhile.future();
        };
        Future<?> opening = sleeper.vault.open(sleeper.permit(item.owner(), order, NAME), List.of(item));
        await(reached.future());
        pass(DAY.plusSeconds(1));
        pass(GRACE.plusSeconds(1));
        assertThat(await(slow.epochs()).getFirst().number()).isGreaterThan(1);
        meanwhile.complete();
        assertThat(await(opening)).isNotNull();
        sleeper.close();
    }

    @Test
    void whatANodeLeftHalfDoneAnotherFinishes() {
        List<Item> items = sealed(25);
        AtomicInteger wrapped = new AtomicInteger();
        keks.beforeWrap = () -> wrapped.incrementAndGet() > 15
                ? Future.failedFuture(new IllegalStateException("killed"))
                : Future.succeededFuture();
        turn(DAY.plusSeconds(1));
        assertThatThrownBy(() -> await(upkeep.pass())).hasMessage("killed");
        assertThat(living()).containsExactly("1:15", "2:10");
        items.forEach(item -> assertOpens(there, item));

        assertThat(await(there.vault.upkeep(EPOCHS).getFirst().pass())).isTrue();

        assertThat(living()).containsExactly("2:25");
        assertThat(there.count("sluice.vault.rewrapped")).isEqualTo(15);
        items.forEach(item -> assertOpens(here, item));
    }

    @Test
    void oneNodeAtATimeIsAtItAndWhoIsCutOffIsNot() {
        AdvisoryLock held = await(AdvisoryLock.tryTake(there.database, 2)).orElseThrow();
        turn(DAY.plusSeconds(1));
        assertThat(await(upkeep.pass())).isFalse();
        assertThat(keks.currentEpoch()).isEqualTo(1);
        assertThatThrownBy(() -> await(upkeep.rotate())).isInstanceOf(Unavailable.class);

        sql("select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and objid = 2");

        assertThat(await(upkeep.pass())).isTrue();
        assertThat(keks.currentEpoch()).isEqualTo(2);
        await(held.release());
    }

    @Test
    @Clause("D4")
    void anEpochIsDestroyedAGraceAfterItsEndAndNotBefore() {
        List<Item> items = sealed(3);
        Buffer old = wrapped(items.getFirst().owner());
        pass(DAY.plusSeconds(1));
        pass(GRACE.minusSeconds(60));
        assertThat(await(keks.epochs()).getFirst().number()).isEqualTo(1);
        assertThat(await(keks.unwrap(1, old, KeyRows.place(items.getFirst().owner(), 1))))
                .hasSize(32);

        pass(Duration.ofSeconds(120));

        assertThat(await(keks.epochs()).getFirst().number()).isEqualTo(2);
        assertThat(here.count("sluice.vault.epochs.destroyed")).isEqualTo(1);
        assertThatThrownBy(() -> await(
                        node().unwrap(1, old, KeyRows.place(items.getFirst().owner(), 1))))
                .isInstanceOfSatisfying(
                        KeyNotUsable.class,
                        cause -> assertThat(cause.reason()).isEqualTo(KeyNotUsable.Reason.EPOCH_GONE));
        items.forEach(item -> assertOpens(there, item));
    }

    @Test
    void aKeyThatCannotBeWrappedAnewKeepsItsEpochAndIsTold() {
        List<Item> items = sealed(12);
        SubjectId broken = items.get(5).owner();
        sql(
                "update vault.subject_key set wrapped = set_byte(wrapped, 20, 255 - get_byte(wrapped, 20)) where subject = $1",
                broken.value());
        pass(DAY.plusSeconds(1));
        pass(GRACE.plusSeconds(1));
        assertThat(await(keks.epochs()).getFirst().number())
                .as("nothing is lost silently")
                .isEqualTo(1);
        assertThat(living()).containsExactly("1:1", "3:11");
        assertThat(here.count("sluice.vault.alerts", "alert", "NOT_REWRAPPED", "reason", "NOT_AUTHENTIC"))
                .isEqualTo(2);
        assertThat(here.count("sluice.vault.alerts", "alert", "NOT_DESTROYED", "reason", "LIVING_KEYS"))
                .isEqualTo(1);
        assertThat(here.meters.get("sluice.vault.horizon.overdue").gauge().value())
                .isPositive();

        await(here.vault.shred(HOME, broken));
        pass(Duration.ofSeconds(1));

        assertThat(await(keks.epochs()).getFirst().number()).isEqualTo(2);
        assertThat(here.meters.get("sluice.vault.horizon.overdue").gauge().value())
                .isZero();
        assertThat(items.stream().filter(item -> !item.owner().equals(broken)))
                .allSatisfy(item -> assertOpens(there, item));
    }

    @Test
    void nobodyWrapsUnderADestroyedEpoch() {
        SubjectId early = somebody();
        await(here.vault.createKeys(HOME, List.of(early)));
        Buffer old = wrapped(early);
        pass(DAY.plusSeconds(1));
        pass(GRACE.plusSeconds(1));
        assertThatThrownBy(() -> sql(
                        "update vault.subject_key set wrapped = $2, kek_epoch = 1 where subject = $1",
                        early.value(),
                        old))
                .isInstanceOfSatisfying(
                        PgException.class,
                        refused -> assertThat(refused.getSqlState()).isEqualTo("SK001"));
        // this node has slept through it all
        SubjectId late = somebody();
        await(there.vault.createKeys(HOME, List.of(late)));
        assertThat(living()).containsExactly("3:2");
        assertOpens(here, there.item(late, NAME, order, "late"));
    }

    @Test
    void anEpochCanBeEndedByHandWhateverItsAge() {
        List<Item> items = sealed(3);
        assertThat(await(upkeep.rotate())).isEqualTo(2);
        assertThat(await(upkeep.standing()))
                .satisfiesExactly(
                        first -> assertThat(first.ended()).isPresent(),
                        second -> assertThat(second.living()).isEqualTo(3));
        items.forEach(item -> assertOpens(there, item));
    }

    @Test
    void theErasureHorizonIsEpochAndGrace() {
        assertThat(EPOCHS.erasureHorizon()).isEqualTo(Duration.ofDays(8));
    }

    private KekProvider node() {
        return QuickKeystore.open(file, now.get()).keks(vertx, now::get);
    }

    private void turn(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    private void pass(Duration later) {
        turn(later);
        assertThat(await(upkeep.pass())).isTrue();
    }

    private List<Item> sealed(int persons) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < persons; i++) {
            items.add(here.item(somebody(), NAME, order, "person " + i));
        }
        return items;
    }

    /** By whatever the node has or reads. */
    private void assertOpens(Strongroom node, Item item) {
        assertThat(node.open(node.permit(item.owner(), order, NAME), item)).hasSize(1);
    }

    /** Each epoch with the number of its living keys. */
    private List<String> living() {
        List<String> living = new ArrayList<>();
        for (Row row : await(here.database.query(
                "select kek_epoch || ':' || count(*) from vault.subject_key where wrapped is not null"
                        + " group by kek_epoch order by kek_epoch",
                Tuple.tuple()))) {
            living.add(row.getString(0));
        }
        return living;
    }

    private Buffer wrapped(SubjectId subject) {
        return await(here.database.query(
                        "select wrapped from vault.subject_key where subject = $1", Tuple.of(subject.value())))
                .iterator()
                .next()
                .getBuffer(0);
    }

    private void sql(String statement, Object... arguments) {
        assertThat(await(here.database.query(statement, Tuple.from(arguments))).rowCount())
                .isEqualTo(1);
    }
}
