package io.sluice.ledger.log;

import static io.sluice.ledger.CountingHouse.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.ledger.HashTree;
import io.sluice.ledger.PostgresLedger;
import io.sluice.ledger.Uses;
import io.sluice.ledger.Verdict.Flaw;
import io.sluice.ledger.log.Finding.BatchFlaw;
import io.sluice.ledger.log.Finding.EntryFlaw;
import io.sluice.ledger.log.Finding.HeadFlaw;
import io.sluice.ledger.log.Finding.PinFlaw;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sealed log, and what a superuser may do to what is under it. */
@Clause("C3")
final class LogCheckIT {

    private static Vertx vertx;

    private SealedHouse sealed;
    /** A batch in the middle of the log, by the row of it. */
    private UUID shard;

    private long seq;
    private long n;
    private long index;

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
        sealed = new SealedHouse(vertx);
        for (int round = 0; round < 3; round++) {
            sealed.append(200);
            sealed.seal();
        }
        Row row = sealed.row("""
                select b.shard, b.seq, b.first_n, b.count, e.index from ledger.batch b join ledger.entry e
                on e.shard = b.shard and e.seq = b.seq where b.count > 2 order by e.index desc limit 1""");
        shard = row.getUUID(0);
        seq = row.getLong(1);
        n = row.getLong(2);
        index = row.getLong(4);
    }

    @AfterEach
    void close() {
        sealed.close();
    }

    @Test
    void anUntouchedLogIsSoundAndBearsOutEveryHeadThatWasKept() {
        SignedHead[] kept = await(sealed.reads.heads(Long.MAX_VALUE, 100)).toArray(SignedHead[]::new);
        sealed.append(30);
        LogCheck.Report report = sealed.check(kept);
        assertThat(report.findings()).isEmpty();
        assertThat(report.leaves()).isEqualTo(600);
        assertThat(report.notSealed()).isEqualTo(30);
        assertThat(report.heads()).isEqualTo(kept.length);
        assertThat(report.kept()).isEqualTo(kept.length);
    }

    @Test
    void anAlteredLeafIsNamedAndSoIsEveryOtherOne() {
        sealed.house.tamper(
                "update ledger.leaf set bytes = set_byte(bytes, 20, get_byte(bytes, 20) # 1) where " + leaf(n),
                "update ledger.leaf set bytes = set_byte(bytes, 20, get_byte(bytes, 20) # 1) where " + leaf(n + 2));
        assertThat(sealed.check().findings())
                .contains(
                        new Finding.Leaf(shard, n, Flaw.LEAF_ALTERED),
                        new Finding.Leaf(shard, n + 2, Flaw.LEAF_ALTERED))
                .hasSize(2);
    }

    @Test
    void aDeletedLeafIsNamed() {
        sealed.house.tamper("delete from ledger.leaf where " + leaf(n + 1));
        assertThat(sealed.check().findings()).contains(new Finding.Leaf(shard, n + 1, Flaw.LEAF_MISSING));
    }

    @Test
    void exchangedLeavesAreNamed() {
        sealed.house.tamper(
                "update ledger.leaf set n = 1000000 where " + leaf(n),
                "update ledger.leaf set n = " + n + " where " + leaf(n + 1),
                "update ledger.leaf set n = " + (n + 1) + " where " + leaf(1_000_000));
        assertThat(sealed.check().findings())
                .contains(new Finding.Leaf(shard, n, Flaw.LEAF_MOVED), new Finding.Leaf(shard, n + 1, Flaw.LEAF_MOVED));
    }

    @Test
    void aLeafAlteredWithItsHashIsNamedByItsBatch() {
        forge(n);
        assertThat(sealed.check().findings()).contains(new Finding.Batch(shard, seq, n, BatchFlaw.LEAVES_EXCHANGED));
    }

    @Test
    void aSecondLeafInAnothersPlaceIsNamed() {
        // a fork: this one for some to see, and the true one kept aside for others
        sealed.house.tamper(
                "create table aside as select * from ledger.leaf where " + leaf(n),
                "update ledger.leaf set bytes = f.bytes, hash = f.hash from (select bytes, hash from ledger.leaf where "
                        + leaf(n + 1) + ") f where " + leaf(n));
        assertThat(sealed.check().findings()).contains(new Finding.Leaf(shard, n, Flaw.LEAF_MOVED));
    }

    @Test
    void aBatchCutOffItsShardWithItsLeavesIsNamed() {
        sealed.house.tamper(
                "delete from ledger.batch where shard = '" + shard + "' and seq >= " + seq,
                "delete from ledger.leaf where shard = '" + shard + "' and n >= " + n);
        assertThat(sealed.check().findings()).contains(new Finding.Batch(shard, seq, n, BatchFlaw.MISSING));
    }

    @Test
    void aShardRemovedWholeIsNamed() {
        sealed.house.tamper(
                "delete from ledger.shard where id = '" + shard + "'",
                "delete from ledger.batch where shard = '" + shard + "'",
                "delete from ledger.leaf where shard = '" + shard + "'");
        assertThat(sealed.check().findings())
                .contains(new Finding.Shard(shard), new Finding.Batch(shard, seq, n, BatchFlaw.MISSING));
    }

    @Test
    void everythingTruncatedIsNamed() {
        sealed.house.tamper("truncate ledger.leaf");
        assertThat(sealed.check().findings()).contains(new Finding.Leaf(shard, n, Flaw.LEAF_MISSING));
        sealed.house.tamper("truncate ledger.batch");
        assertThat(sealed.check().findings()).contains(new Finding.Batch(shard, seq, n, BatchFlaw.MISSING));
        SignedHead kept = await(sealed.reads.latest()).orElseThrow();
        sealed.house.tamper("truncate ledger.entry", "truncate ledger.node", "truncate ledger.tally");
        assertThat(sealed.check().findings()).contains(new Finding.Entry(index, EntryFlaw.MISSING));
        sealed.house.tamper("truncate ledger.head", "truncate ledger.shard");
        assertThat(sealed.check().findings()).as("nothing is left to be wrong").isEmpty();
        assertThat(sealed.check(kept).findings())
                .containsExactly(new Finding.Pinned(kept.head().size(), PinFlaw.CUT));
    }

    @Test
    void anAlteredBatchIsNamedByTheLog() {
        sealed.house.tamper("update ledger.batch set root = sha256(root), head = sha256(head) where shard = '" + shard
                + "' and seq = " + seq);
        assertThat(sealed.check().findings()).contains(new Finding.Batch(shard, seq, n, BatchFlaw.ALTERED));
    }

    @Test
    void anAlteredEntryIsNamed() {
        sealed.house.tamper("update ledger.entry set bytes = bytes || ' '::bytea where index = " + index);
        assertThat(sealed.check().findings()).contains(new Finding.Entry(index, EntryFlaw.ALTERED));
    }

    @Test
    void aStoredNodeThatIsNotWhatItsEntriesMakeIsNamed() {
        sealed.house.tamper("update ledger.node set hash = sha256(hash) where level = 1 and index = 0");
        assertThat(sealed.check().findings()).containsExactly(new Finding.Entry(1, EntryFlaw.NODE_WRONG));
    }

    @Test
    void anEntryFarBeyondTheLogIsNamedAndNotWalkedTo() {
        long far = 1L << 60;
        sealed.house.tamper("insert into ledger.entry (index, bytes) values (" + far + ", '{}')");
        LogCheck.Report report = sealed.check();
        assertThat(report.findings()).contains(new Finding.Entry(far, EntryFlaw.UNSIGNED));
        assertThat(report.unnamed()).as("missing ones between").isGreaterThan(far - 10_000);
    }

    @Test
    void aHeadForgedFarBeyondTheLogIsNamedAndNotWalkedTo() {
        long far = 1L << 60;
        long size = sealed.latest().size();
        sealed.house.tamper("insert into ledger.head select " + far
                + ", epoch, bytes, key, signature from ledger.head where size = " + size);
        assertThat(sealed.check().findings())
                .contains(new Finding.Entry(size, EntryFlaw.MISSING))
                .doesNotContain(new Finding.Head(size, HeadFlaw.REWRITTEN));
    }

    @Test
    void anAlteredTallyIsNamed() {
        long entry = sealed.number("select max(entry) from ledger.tally");
        sealed.house.tamper("update ledger.tally set count = count + 1 where place = 0 and entry = " + entry);
        assertThat(sealed.check().findings())
                .contains(
                        new Finding.Entry(entry, EntryFlaw.TALLIES_ALTERED),
                        new Finding.Entry(entry, EntryFlaw.TALLIES_MISCOUNTED));
    }

    @Test
    void aHeadThatNobodySignedIsNamed() {
        long size = sealed.latest().size();
        sealed.house.tamper("update ledger.head set signature = sha512(signature) where size = " + size);
        assertThat(sealed.check().findings()).containsExactly(new Finding.Head(size, HeadFlaw.NOT_SIGNED));
    }

    @Test
    void aLogPutBackToAnEarlierStateShowsAgainstAKeptHead() {
        SignedHead kept = await(sealed.reads.latest()).orElseThrow();
        long before = sealed.number("select size from ledger.head order by size desc offset 1 limit 1");
        sealed.putBackTo(before);
        assertThat(sealed.check().findings()).as("it is sound in itself").isEmpty();
        assertThat(sealed.check(kept).findings())
                .containsExactly(new Finding.Pinned(kept.head().size(), PinFlaw.CUT));
    }

    @Test
    void aLogThatGoesOnUnderANewNameAfterItWasPutBackIsSoundAndOwnsUpToIt() {
        SignedHead kept = await(sealed.reads.latest()).orElseThrow();
        SignedHead earlier = await(sealed.reads.heads(kept.head().size(), 1)).getFirst();
        sealed.putBackTo(earlier.head().size());
        LogName.Renewed renewed = await(LogName.renew(sealed.database, "operator", Instant.EPOCH));
        PostgresLedger started = sealed.house.ledger(vertx, new GroupCommit.Limits(1, 50, 1_000));
        await(started.append(Uses.about(SealedHouse.order(1))));
        await(started.close());
        sealed.seal();
        assertThat(renewed.former()).isEqualTo(kept.head().log());
        assertThat(renewed.entries()).isEqualTo(earlier.head().size());
        assertThat(sealed.latest().log()).isEqualTo(renewed.name());
        SignedHead now = await(sealed.reads.latest()).orElseThrow();
        assertThat(sealed.check(earlier, now).findings()).isEmpty();
        assertThat(sealed.check(kept).findings())
                .as("what was signed and is not there")
                .containsExactly(new Finding.Pinned(kept.head().size(), PinFlaw.CUT));
    }

    @Test
    void aHeadOfANameThatTheLogNeverHadIsAnotherLogs() {
        TreeHead own = sealed.latest();
        TreeHead others =
                new TreeHead(new UUID(1, 2), own.epoch(), own.size(), own.leaves(), own.root(), own.time(), own.key());
        assertThat(sealed.check(SignedHead.sign(others, sealed.signer)).findings())
                .containsExactly(new Finding.Pinned(own.size(), PinFlaw.ANOTHER_LOG));
    }

    @Test
    void aLogRewrittenToItsEndAndSignedAnewShowsAgainstAKeptHead() {
        SignedHead kept = await(sealed.reads.heads(Long.MAX_VALUE, 100)).getLast();
        rewriteLastBatch();
        // who has the database and the key makes all of the log anew
        await(sealed.sequencer.end());
        sealed.house.tamper(
                "truncate ledger.entry", "truncate ledger.node", "truncate ledger.tally", "truncate ledger.head");
        sealed.seal();
        assertThat(sealed.check().findings()).as("it is sound in itself").isEmpty();
        assertThat(sealed.latest().leaves()).isEqualTo(600);
        assertThat(sealed.check(kept).findings())
                .containsExactly(new Finding.Pinned(kept.head().size(), PinFlaw.REWRITTEN));
    }

    /** One leaf forged, and hash, root and chain made anew to the shard's end. */
    private void rewriteLastBatch() {
        Row last = sealed.row("select seq, first_n, count, prev_head from ledger.batch where shard = '" + shard
                + "' order by seq desc limit 1");
        long from = last.getLong(1);
        forge(from);
        List<byte[]> hashes = new ArrayList<>();
        await(sealed.database.query(
                        "select hash from ledger.leaf where shard = $1 and n >= $2 order by n", Tuple.of(shard, from)))
                .forEach(row -> hashes.add(row.getBuffer(0).getBytes()));
        byte[] root = HashTree.root(hashes);
        byte[] head = HashTree.head(last.getBuffer(3).getBytes(), root, last.getLong(0), from, last.getInteger(2));
        HexFormat hex = HexFormat.of();
        sealed.house.tamper("update ledger.batch set root = '\\x" + hex.formatHex(root) + "', head = '\\x"
                + hex.formatHex(head) + "' where shard = '" + shard + "' and seq = " + last.getLong(0));
    }

    @Test
    void aKeptHeadThatTheLogsKeyHasNotSignedProvesNothing() {
        SignedHead kept = await(sealed.reads.latest()).orElseThrow();
        SignedHead forged = SignedHead.sign(kept.head(), Keys.fresh());
        assertThat(sealed.check(forged).findings())
                .containsExactly(new Finding.Pinned(kept.head().size(), PinFlaw.NOT_SIGNED));
    }

    private String leaf(long number) {
        return "shard = '" + shard + "' and n = " + number;
    }

    /** Other bytes with a hash to match. */
    private void forge(long number) {
        sealed.house.tamper("update ledger.leaf set bytes = b, hash = sha256('\\x00'::bytea || b) from (select"
                + " convert_to(replace(convert_from(bytes, 'UTF8'), 'order.place', 'order.p1ace'), 'UTF8') as b"
                + " from ledger.leaf where " + leaf(number) + ") as forged where " + leaf(number));
    }
}
