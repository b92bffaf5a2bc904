package io.sluice.ledger;

import static io.sluice.ledger.CountingHouse.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import io.sluice.kernel.Rider;
import io.sluice.ledger.Verdict.Flaw;
import io.sluice.storage.RiderTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One shard of twenty batches of five leaves, and what a superuser may do to it. */
@Clause("C3")
final class LedgerCheckIT {

    private static Vertx vertx;

    private CountingHouse house;
    private UUID shard;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void fill() {
        house = new CountingHouse(vertx);
        LeafTable table = house.table("one");
        for (int batch = 0; batch < 20; batch++) {
            List<Rider> leaves = Stream.generate(house::leaf)
                    .limit(5)
                    .<Rider>map(leaf -> leaf)
                    .toList();
            RiderTable.Riding[] riding = new RiderTable.Riding[1];
            await(house.<Void>inTransaction(transaction -> {
                riding[0] = table.write(transaction, "0", leaves);
                return riding[0].written().mapEmpty();
            }));
            riding[0].committed();
        }
        shard = await(house.database.query("select id from ledger.shard", Tuple.tuple()))
                .iterator()
                .next()
                .getUUID(0);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void anUntouchedShardIsSound() {
        assertThat(verdict())
                .isInstanceOfSatisfying(
                        Verdict.Sound.class, sound -> assertThat(sound.leaves()).isEqualTo(100));
    }

    @Test
    void theRowsRefuseToBeChangedByAnybodyElse() {
        for (String statement : List.of(
                "update ledger.leaf set at = now() where n = 3", "delete from ledger.batch", "truncate ledger.shard")) {
            assertThatThrownBy(() -> await(house.database.query(statement, Tuple.tuple())))
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void alteredBytesAreNamed() {
        house.tamper("update ledger.leaf set bytes = set_byte(bytes, 20, get_byte(bytes, 20) # 1) where n = 37");
        assertWrong(37, Flaw.LEAF_ALTERED);
    }

    @Test
    void ofTwoAlteredLeavesTheFirstIsNamed() {
        house.tamper("update ledger.leaf set bytes = 'x'::bytea where n in (98, 13)");
        assertWrong(13, Flaw.LEAF_ALTERED);
    }

    @Test
    void bytesAlteredWithTheirHashShowInTheBatch() {
        house.tamper("""
                update ledger.leaf set bytes = b, hash = sha256('\\x00'::bytea || b)
                from (select overlay(bytes placing 'q'::bytea from 16) as b from ledger.leaf where n = 42) as forged
                where n = 42""");
        assertWrong(40, Flaw.ROOT_WRONG);
    }

    @Test
    void aRootAlteredToMatchShowsInTheChain() {
        house.tamper("update ledger.batch set root = set_byte(root, 0, get_byte(root, 0) # 1) where seq = 4");
        assertWrong(20, Flaw.ROOT_WRONG);
        house.tamper(
                "update ledger.batch set root = set_byte(root, 0, get_byte(root, 0) # 1) where seq = 4",
                "update ledger.batch set head = set_byte(head, 0, get_byte(head, 0) # 1) where seq = 7");
        assertWrong(35, Flaw.HEAD_WRONG);
    }

    @Test
    void aDeletedLeafIsNamed() {
        house.tamper("delete from ledger.leaf where n = 61");
        assertWrong(61, Flaw.LEAF_MISSING);
    }

    @Test
    void aLeafDeletedWithTheLaterOnesMovedUpIsNamed() {
        house.tamper(
                "delete from ledger.leaf where n = 61",
                "update ledger.leaf set n = n - 1 + 1000 where n > 61",
                "update ledger.leaf set n = n - 1000 where n > 1000");
        assertWrong(61, Flaw.LEAF_MOVED);
    }

    @Test
    void exchangedLeavesAreNamed() {
        house.tamper(
                "update ledger.leaf set n = 1000 where n = 10",
                "update ledger.leaf set n = 10 where n = 12",
                "update ledger.leaf set n = 12 where n = 1000");
        assertWrong(10, Flaw.LEAF_MOVED);
    }

    @Test
    void aDeletedBatchIsNamedByTheLeafItBeganWith() {
        house.tamper("delete from ledger.batch where seq = 3", "delete from ledger.leaf where n between 15 and 19");
        assertWrong(15, Flaw.BATCH_MISSING);
    }

    @Test
    void leavesCutOffFromTheirBatchesAtTheEndAreNamed() {
        house.tamper("delete from ledger.batch where seq >= 18");
        assertWrong(90, Flaw.LEAF_UNCOVERED);
    }

    @Test
    void aShardGivenToAnotherNodeIsWrongFromItsFirstLeaf() {
        house.tamper("update ledger.shard set node = 'node-2'");
        assertWrong(0, Flaw.HEAD_WRONG);
        house.tamper("delete from ledger.shard");
        assertWrong(0, Flaw.SHARD_MISSING);
    }

    @Test
    void aTimeThatContradictsItsLeafIsNamedBecauseFiguresGoByIt() {
        house.tamper("update ledger.leaf set at = at - interval '1 year' where n = 55");
        assertWrong(55, Flaw.LEAF_ALTERED);
    }

    @Test
    void bytesThatAreNoLeafAreNamedAndNotAFaultOfTheCheck() {
        for (String bytes : List.of("null", "[]", "{}", "7", "{\"n\":null}", "{\"n\":\"x\"}", "{\"n\":21}", "{")) {
            house.tamper(
                    "update ledger.leaf set bytes = b, hash = sha256('\\x00'::bytea || b) from (select convert_to('"
                            + bytes + "', 'UTF8') as b) as forged where n = 21");
            assertWrong(21, Flaw.LEAF_ALTERED);
        }
    }

    @Test
    void aShardThatGrewBearsOutWhatIsKnownOfIt() {
        house.tamper(
                "create table later_batch as select * from ledger.batch where seq >= 12",
                "create table later_leaf as select * from ledger.leaf where n >= 60",
                "delete from ledger.batch where seq >= 12",
                "delete from ledger.leaf where n >= 60");
        Verdict.Sound known = sound();
        assertThat(known.leaves()).isEqualTo(60);
        house.tamper(
                "insert into ledger.batch select * from later_batch",
                "insert into ledger.leaf select * from later_leaf");
        assertThat(await(house.check.all(List.of(known)))).containsExactly(sound());
        assertThat(sound().leaves()).isEqualTo(100);
    }

    @Test
    void wholeBatchesCutOffTheEndShowAgainstAKnownHead() {
        Verdict.Sound known = sound();
        house.tamper("delete from ledger.batch where seq >= 18", "delete from ledger.leaf where n >= 90");
        assertThat(verdict()).as("it is sound in itself").isInstanceOf(Verdict.Sound.class);
        assertThat(await(house.check.all(List.of(known)))).containsExactly(new Verdict.Wrong(shard, 90, Flaw.CUT));
    }

    @Test
    void aShardRemovedWholeShowsAgainstAKnownHead() {
        Verdict.Sound known = sound();
        house.tamper("delete from ledger.batch", "delete from ledger.leaf", "delete from ledger.shard");
        assertThat(await(house.check.all())).as("nothing is left to be wrong").isEmpty();
        assertThat(await(house.check.all(List.of(known))))
                .containsExactly(new Verdict.Wrong(shard, 0, Flaw.SHARD_MISSING));
    }

    @Test
    void aChainRewrittenToItsEndShowsAgainstAKnownHead() {
        Verdict.Sound known = sound();
        rewriteLastBatch();
        assertThat(verdict())
                .as("it is sound in itself, and as long as before")
                .isInstanceOfSatisfying(
                        Verdict.Sound.class, sound -> assertThat(sound.leaves()).isEqualTo(100));
        assertThat(await(house.check.all(List.of(known))))
                .containsExactly(new Verdict.Wrong(shard, 95, Flaw.REWRITTEN));
    }

    /** One leaf forged, and hash, root and head made anew: what only a known head can tell. */
    private void rewriteLastBatch() {
        house.tamper("""
                update ledger.leaf set bytes = b, hash = sha256('\\x00'::bytea || b)
                from (select convert_to(replace(convert_from(bytes, 'UTF8'), 'order.place', 'order.p1ace'), 'UTF8') as b
                      from ledger.leaf where n = 99) as forged
                where n = 99""");
        List<byte[]> hashes = new ArrayList<>();
        await(house.database.query("select hash from ledger.leaf where n >= 95 order by n", Tuple.tuple()))
                .forEach(row -> hashes.add(row.getBuffer(0).getBytes()));
        byte[] before = await(house.database.query("select prev_head from ledger.batch where seq = 19", Tuple.tuple()))
                .iterator()
                .next()
                .getBuffer(0)
                .getBytes();
        byte[] root = HashTree.root(hashes);
        HexFormat hex = HexFormat.of();
        house.tamper("update ledger.batch set root = '\\x" + hex.formatHex(root) + "', head = '\\x"
                + hex.formatHex(HashTree.head(before, root, 19, 95, 5)) + "' where seq = 19");
    }

    private Verdict.Sound sound() {
        return (Verdict.Sound) verdict();
    }

    @Test
    void batchesCommittedWhileItIsCheckedAreNoFlaw() {
        house.tamper(
                "create table later_batch as select * from ledger.batch",
                "create table later_leaf as select * from ledger.leaf",
                "delete from ledger.batch",
                "delete from ledger.leaf");
        // the lock holds the check up after it saw the last batch and before it looks for leaves behind that
        Future<Verdict> checked = await(house.<Future<Verdict>>inTransaction(writer -> writer.query(
                        "lock table ledger.leaf in access exclusive mode")
                .execute()
                .compose(locked -> {
                    Future<Verdict> verdict = house.check.shard(shard);
                    return untilSomebodyWaits()
                            .compose(waits -> writer.query("insert into ledger.batch select * from later_batch")
                                    .execute())
                            .compose(batches -> writer.query("insert into ledger.leaf select * from later_leaf")
                                    .execute())
                            .map(leaves -> verdict);
                })));
        assertThat(await(Objects.requireNonNull(checked)))
                .isInstanceOfSatisfying(
                        Verdict.Sound.class, sound -> assertThat(sound.leaves()).isEqualTo(100));
    }

    private Future<Void> untilSomebodyWaits() {
        return house.database
                .query(
                        "select count(*)::int from pg_locks where relation = 'ledger.leaf'::regclass and not granted",
                        Tuple.tuple())
                .compose(rows -> rows.iterator().next().getInteger(0) > 0
                        ? Future.succeededFuture()
                        : vertx.timer(5).compose(later -> untilSomebodyWaits()));
    }

    private Verdict verdict() {
        Future<List<Verdict>> all = house.check.all();
        return await(all).getFirst();
    }

    private void assertWrong(long n, Flaw flaw) {
        assertThat(verdict()).isEqualTo(new Verdict.Wrong(shard, n, flaw));
    }
}
