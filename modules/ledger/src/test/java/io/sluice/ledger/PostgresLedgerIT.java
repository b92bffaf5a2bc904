package io.sluice.ledger;

import static io.sluice.ledger.CountingHouse.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Unavailable;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.sluice.storage.RiderTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leaves on their way into the ledger: none lost, none doubled, no number left out. */
final class PostgresLedgerIT {

    private static Vertx vertx;

    private CountingHouse house;

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
        house = new CountingHouse(vertx);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whatWasAppendedIsThereInOneSoundChainPerLane() {
        List<Future<Void>> appended = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            appended.add(house.ledger.append(Uses.inside()));
        }
        await(Future.all(appended));
        assertThat(house.soundLeaves()).isEqualTo(1000);
        assertThat(house.count("ledger.shard")).as("two lanes").isBetween(1, 2);
        assertThat(house.count("ledger.batch")).as("batches").isBetween(20, 500);
        assertThat(house.meters.counter("sluice.ledger.leaves", "kind", "use").count())
                .isEqualTo(1000);
    }

    @Test
    void aLeafIsDurableWhenItsAppendingSucceeds() {
        for (int i = 1; i <= 5; i++) {
            await(house.ledger.append(Uses.inside()));
            assertThat(house.count("ledger.leaf")).isEqualTo(i);
        }
    }

    @Test
    @Clause("C2")
    void leavesRideWithTheirEffectAndNotWithoutIt() {
        List<Future<Boolean>> entered = new ArrayList<>();
        List<Rider> riders = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            Rider rider = house.leaf();
            riders.add(rider);
            entered.add(house.enter(i % 7 == 3 ? -i : i, rider));
        }
        await(Future.join(entered).otherwiseEmpty());
        for (int i = 0; i < 600; i++) {
            assertThat(entered.get(i).succeeded()).as("entry %d", i).isEqualTo(i % 7 != 3);
            assertThat(riders.get(i).isCommitted()).as("leaf of entry %d", i).isEqualTo(i % 7 != 3);
        }
        assertThat(house.soundLeaves())
                .as("numbers of batches that were rolled back are used again")
                .isEqualTo(house.count("entry"));
        assertThat(house.count("ledger.shard"))
                .as("a failed batch does not end a shard")
                .isLessThanOrEqualTo(2);
    }

    @Test
    @Clause("C2")
    void connectionsLostInMidTransactionNeitherLoseNorDoubleALeaf() {
        house.losses.set(4);
        List<Future<Boolean>> entered = new ArrayList<>();
        List<Rider> riders = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Rider rider = house.leaf();
            riders.add(rider);
            entered.add(house.enter(i, rider));
        }
        await(Future.all(entered));
        assertThat(house.losses.get()).as("connections were lost").isZero();
        assertThat(house.count("entry")).isEqualTo(1000);
        assertThat(house.soundLeaves()).isEqualTo(1000);
        assertThat(riders).allMatch(Rider::isCommitted);
        assertThat(house.meters.counter("sluice.ledger.batches.unknown").count())
                .isEqualTo(4);
    }

    @Test
    void twoRoomsWithLanesOfOneNameDoNotMeetInAShard() {
        GroupCommit<Integer, Boolean> namesake = new GroupCommit<>(
                vertx,
                house.database,
                "room",
                new GroupCommit.Limits(2, 50, 100_000),
                (transaction, items) -> Future.succeededFuture(new Answers(items.size())),
                List.of(house.ledger.riderTable()),
                house.meters);
        List<Future<Boolean>> entered = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            entered.add(house.enter(i, house.leaf()));
            entered.add(namesake.submit(i, List.of(house.leaf())));
        }
        await(Future.all(entered));
        assertThat(house.soundLeaves()).isEqualTo(1000);
        await(namesake.close());
    }

    private record Answers(int items) implements io.sluice.storage.Batch.Plan<Boolean> {
        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            return List.of();
        }

        @Override
        public List<Boolean> answers() {
            return java.util.Collections.nCopies(items, true);
        }
    }

    @Test
    void afterALostCommitThatHappenedTheLeavesAreNotWrittenAgain() {
        LeafTable table = house.table("lost");
        List<Rider> leaves = List.of(house.leaf(), house.leaf());
        end(table, leaves, true, Fate.UNKNOWN);
        end(table, leaves, true, Fate.COMMITTED);
        assertThat(house.soundLeaves()).isEqualTo(2);
        assertThat(leaves).allMatch(Rider::isCommitted);
        assertThat(house.count("ledger.shard")).isEqualTo(1);
    }

    @Test
    void afterALostCommitThatDidNotHappenTheyAre() {
        LeafTable table = house.table("lost");
        List<Rider> leaves = List.of(house.leaf(), house.leaf());
        end(table, leaves, false, Fate.UNKNOWN);
        assertThat(house.count("ledger.leaf")).isZero();
        end(table, leaves, true, Fate.COMMITTED);
        assertThat(house.soundLeaves()).isEqualTo(2);
    }

    @Test
    void alsoOneByOneAndThoughTheRetryIsRolledBackFirst() {
        for (boolean happened : List.of(true, false)) {
            LeafTable table = house.table("happened " + happened);
            List<Rider> leaves = List.of(house.leaf(), house.leaf(), house.leaf());
            int before = house.count("ledger.leaf");
            end(table, leaves, happened, Fate.UNKNOWN);
            end(table, leaves, false, Fate.ROLLED_BACK);
            leaves.forEach(leaf -> end(table, List.of(leaf), true, Fate.COMMITTED));
            assertThat(house.count("ledger.leaf") - before)
                    .as("commit happened: %s", happened)
                    .isEqualTo(3);
        }
        assertThat(house.soundLeaves()).isEqualTo(6);
    }

    @Test
    @Clause("C2")
    void afterTwoLossesInARowEachLeafIsThereOnceWhateverBecameOfThem() {
        for (boolean firstHappened : List.of(true, false)) {
            for (boolean secondHappened : List.of(true, false)) {
                LeafTable table = house.table("lost twice " + firstHappened + secondHappened);
                List<Rider> leaves = List.of(house.leaf(), house.leaf());
                int before = house.count("ledger.leaf");
                end(table, leaves, firstHappened, Fate.UNKNOWN);
                end(table, leaves, secondHappened, Fate.UNKNOWN);
                end(table, leaves, true, Fate.COMMITTED);
                assertThat(house.count("ledger.leaf") - before)
                        .as("first happened: %s, second: %s", firstHappened, secondHappened)
                        .isEqualTo(2);
                assertThat(leaves).allMatch(Rider::isCommitted);
            }
        }
        assertThat(house.soundLeaves()).isEqualTo(8);
    }

    @Test
    @Clause("C2")
    void whatAHaltedTransactionBringsAfterItWasGivenUpIsNotWritten() {
        LeafTable table = house.table("halted");
        List<Rider> leaves = List.of(house.leaf(), house.leaf());
        Future<@Nullable Void> first = house.inTransaction(halted -> halted.query("select pg_backend_pid()")
                .execute()
                .compose(rows -> {
                    long backend = rows.iterator().next().getInteger(0);
                    signal("STOP", backend);
                    RiderTable.Riding riding = table.write(halted, "0", leaves);
                    riding.unknown();
                    return ending(table, leaves, true, Fate.COMMITTED)
                            .onComplete(ended -> signal("CONT", backend))
                            .compose(again -> riding.written())
                            .mapEmpty();
                }));
        assertThatThrownBy(() -> await(first)).hasMessageContaining("given up");
        assertThat(house.soundLeaves()).isEqualTo(2);
    }

    private static void signal(String name, long process) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError("no signal could be sent", failed);
        }
    }

    @Test
    @Clause("C2")
    void aLeafThatNoTransactionTookIsSettledByTheLedgerItself() {
        Rider leaf = house.leaf();
        await(house.ledger.settle(leaf));
        await(house.ledger.settle(leaf));
        assertThat(leaf.isCommitted()).isTrue();
        assertThat(house.soundLeaves()).isEqualTo(1);
    }

    @Test
    @Clause("C2")
    void aLeafOfUnknownFateIsSettledOnce() {
        for (boolean happened : List.of(true, false)) {
            LeafTable table = house.table("happened " + happened);
            List<Rider> leaves = List.of(house.leaf(), house.leaf());
            end(table, leaves, happened, Fate.UNKNOWN);
            await(Future.all(leaves.stream().map(house.ledger::settle).toList()));
            assertThat(leaves).allMatch(Rider::isCommitted);
        }
        assertThat(house.soundLeaves()).isEqualTo(4);
    }

    @Test
    @Clause("C2")
    void aLeafUnderWayElsewhereIsSettledWhenThatHasEnded() {
        for (boolean commit : List.of(true, false)) {
            LeafTable table = house.table("commits " + commit);
            Rider leaf = house.leaf();
            SqlConnection elsewhere = await(house.connection());
            await(elsewhere.query("begin").execute());
            RiderTable.Riding riding = table.write(elsewhere, "0", List.of(leaf));
            Future<Void> settled = house.ledger.settle(leaf);
            assertThatThrownBy(() -> table.write(elsewhere, "0", List.of(leaf)))
                    .hasMessageContaining("under way in another transaction");
            await(elsewhere.query(commit ? "commit" : "rollback").execute());
            assertThat(settled.isComplete()).as("before its end is told").isFalse();
            if (commit) {
                riding.committed();
            } else {
                riding.rolledBack();
            }
            await(elsewhere.close());
            await(settled);
            assertThat(leaf.isCommitted()).isTrue();
        }
        assertThat(house.soundLeaves()).isEqualTo(2);
    }

    @Test
    void afterALossTheShardIsLeftAndTheNextBatchBeginsAnother() {
        LeafTable table = house.table("lost");
        end(table, List.of(house.leaf()), true, Fate.COMMITTED);
        end(table, List.of(house.leaf()), true, Fate.COMMITTED);
        end(table, List.of(house.leaf()), true, Fate.UNKNOWN);
        end(table, List.of(house.leaf()), true, Fate.COMMITTED);
        assertThat(house.count("ledger.shard")).isEqualTo(2);
        assertThat(house.soundLeaves()).isEqualTo(4);
    }

    @Test
    void whoIsInDoubtWaitsUntilTheLostTransactionHasEnded() {
        LeafTable table = house.table("slow");
        List<Rider> leaves = List.of(house.leaf());
        Future<Void> second = await(house.inTransaction(first -> {
            RiderTable.Riding lost = table.write(first, "0", leaves);
            return lost.written().compose(written -> {
                lost.unknown();
                Future<Void> again = ending(table, leaves, true, Fate.COMMITTED);
                // only once it waits is the first one committed
                return untilSomebodyWaits().map(waits -> again);
            });
        }));
        await(Objects.requireNonNull(second));
        assertThat(house.soundLeaves()).isEqualTo(1);
    }

    private Future<Void> untilSomebodyWaits() {
        return house.database
                .query("select count(*)::int from pg_locks where locktype = 'advisory' and not granted", Tuple.tuple())
                .compose(rows -> rows.iterator().next().getInteger(0) > 0
                        ? Future.succeededFuture()
                        : vertx.timer(5).compose(later -> untilSomebodyWaits()));
    }

    @Test
    void aFullQueueRefusesAndAClosedLedgerToo() {
        PostgresLedger narrow = house.ledger(vertx, new GroupCommit.Limits(1, 1, 1));
        List<Future<Void>> appended = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            appended.add(narrow.append(Uses.inside()));
        }
        await(Future.join(appended).otherwiseEmpty());
        assertThat(appended)
                .anyMatch(Future::succeeded)
                .anyMatch(append -> append.failed() && append.cause() instanceof Unavailable);
        assertThat(appended.stream().filter(Future::succeeded).count()).isEqualTo(house.soundLeaves());
        await(narrow.close());
        assertThatThrownBy(() -> await(narrow.append(Uses.inside()))).isInstanceOf(Unavailable.class);
    }

    @Test
    void aLedgerWithoutItsTablesAppendsNothing() {
        CountingHouse another = new CountingHouse(vertx);
        await(another.database.query("drop schema ledger cascade", Tuple.tuple()));
        Future<Void> appended = another.ledger.append(Uses.inside());
        assertThatThrownBy(() -> await(appended)).hasMessageContaining("ledger");
        Rider rider = another.leaf();
        assertThatThrownBy(() -> await(another.enter(1, rider))).hasMessageContaining("ledger");
        assertThat(another.count("entry")).as("no effect without its leaf").isZero();
        assertThat(rider.isCommitted()).isFalse();
        another.close();
    }

    @Test
    void figuresCountUsesDisclosuresByPartnerAndRefusalsByReason() {
        await(house.ledger.append(Uses.inside()));
        await(house.ledger.append(Uses.disclosure("sandbox")));
        await(house.ledger.append(Uses.disclosure("sandbox")));
        await(house.ledger.append(Uses.disclosure("easypost")));
        await(house.ledger.append(Uses.refusal("a", PrivacyRefusal.NO_CONTRACT, Uses.NOON)));
        await(house.ledger.append(Uses.refusal("b", PrivacyRefusal.NO_CONTRACT, Uses.NOON)));
        await(house.ledger.append(Uses.refusal("c", PrivacyRefusal.SUBJECT_ERASED, Uses.NOON)));
        Database database = house.database;
        assertThat(await(LedgerFigures.since(database, Uses.NOON)))
                .isEqualTo(new LedgerFigures(
                        4,
                        new java.util.TreeMap<>(Map.of("sandbox", 2L, "easypost", 1L)),
                        new java.util.TreeMap<>(Map.of("privacy.no-contract", 2L, "privacy.subject-erased", 1L))));
        assertThat(await(LedgerFigures.since(database, Uses.NOON.plus(Duration.ofHours(1))))
                        .uses())
                .isZero();
    }

    /** How the table is told that a transaction ended, whatever became of it. */
    private enum Fate {
        COMMITTED,
        ROLLED_BACK,
        UNKNOWN
    }

    private void end(LeafTable table, List<Rider> leaves, boolean commit, Fate told) {
        await(ending(table, leaves, commit, told));
    }

    private Future<Void> ending(LeafTable table, List<Rider> leaves, boolean commit, Fate told) {
        RiderTable.Riding[] riding = new RiderTable.Riding[1];
        return house.<Void>inTransaction(transaction -> {
                    riding[0] = table.write(transaction, "0", leaves);
                    return riding[0]
                            .written()
                            .compose(written ->
                                    commit ? Future.succeededFuture() : Future.failedFuture("rolled back on purpose"));
                })
                .transform(ended -> {
                    assertThat(ended.succeeded()).isEqualTo(commit);
                    switch (told) {
                        case COMMITTED -> riding[0].committed();
                        case ROLLED_BACK -> riding[0].rolledBack();
                        case UNKNOWN -> riding[0].unknown();
                    }
                    return Future.succeededFuture();
                });
    }
}
