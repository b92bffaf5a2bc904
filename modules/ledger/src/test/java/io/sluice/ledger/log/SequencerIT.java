package io.sluice.ledger.log;

import static io.sluice.ledger.CountingHouse.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.ledger.PostgresLedger;
import io.sluice.ledger.Uses;
import io.sluice.ledger.log.SecondSink.Notice;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every batch comes into the log once, in its shard's order, whatever happens to those who put it there. */
@Clause("C3")
final class SequencerIT {

    private static Vertx vertx;

    private SealedHouse sealed;

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
        sealed = new SealedHouse(vertx);
    }

    @AfterEach
    void close() {
        sealed.close();
    }

    @Test
    void whatIsInTheLogIsWhatTheHeadWasSignedFor() {
        sealed.append(100);
        sealed.seal();
        SignedHead head = await(sealed.reads.latest()).orElseThrow();
        assertThat(head.isSigned()).isTrue();
        assertThat(head.head().leaves()).isEqualTo(100);
        assertThat(head.head().root()).isEqualTo(Buffer.buffer(NaiveTree.mth(sealed.entryHashes())));
        assertThat(head.head().size()).isEqualTo(sealed.entryHashes().size());
    }

    @Test
    void aHeadThatWasAlteredIsNotSigned() {
        sealed.append(1);
        sealed.seal();
        SignedHead head = await(sealed.reads.latest()).orElseThrow();
        TreeHead said = head.head();
        TreeHead more = new TreeHead(
                said.log(), said.epoch(), said.size(), said.leaves() + 1, said.root(), said.time(), said.key());
        assertThat(new SignedHead(more.bytes(), head.key(), head.signature()).isSigned())
                .isFalse();
        assertThat(new SignedHead(head.bytes(), Keys.fresh().key(), head.signature()).isSigned())
                .isFalse();
        assertThat(SignedHead.parse(head.json())).isEqualTo(head);
    }

    @Test
    void whereNothingIsNewNothingIsWritten() {
        sealed.append(10);
        sealed.seal();
        TreeHead head = sealed.latest();
        long written = sealed.number("select pg_current_wal_insert_lsn() - '0/0'");
        assertThat(await(sealed.sequencer.turn())).isFalse();
        assertThat(sealed.latest()).isEqualTo(head);
        assertThat(sealed.number("select pg_current_wal_insert_lsn() - '0/0'")).isEqualTo(written);
    }

    @Test
    void batchesOfAShardStandInTheirOrderWithoutGapsHoweverManyRoundsTheyTake() {
        for (int round = 0; round < 5; round++) {
            sealed.append(300);
            await(sealed.sequencer.turn());
        }
        sealed.seal();
        Map<UUID, Long> next = new HashMap<>();
        for (Row row : await(sealed.database.query(
                "select shard, seq from ledger.entry where shard is not null order by index", Tuple.tuple()))) {
            assertThat(row.getLong(1)).isEqualTo(next.getOrDefault(row.getUUID(0), 0L));
            next.merge(row.getUUID(0), 1L, Long::sum);
        }
        assertThat(sealed.number("select count(*) from ledger.entry where shard is not null"))
                .isEqualTo(sealed.number("select count(*) from ledger.batch"));
        assertThat(sealed.check().findings()).isEmpty();
    }

    @Test
    void aTransactionThatBeganEarlyAndEndsLateIsNotOverlooked() {
        sealed.append(1);
        sealed.seal();
        // it has its number, and others come and go before it writes its batch
        await(sealed.house.<Object>inTransaction(late -> late.query("select pg_current_xact_id()")
                .execute()
                .compose(begun -> Future.all(List.of(
                        sealed.house.ledger.append(Uses.about(SealedHouse.order(1))),
                        sealed.house.ledger.append(Uses.about(SealedHouse.order(2))))))
                .compose(appended -> sealed.sequencer.turn())
                .compose(turned -> late.query("""
                                insert into ledger.shard select gen_random_uuid(), node, lane, opened_at from ledger.shard limit 1""").execute())
                .compose(shard -> late.query("""
                                insert into ledger.batch (shard, seq, first_n, count, root, prev_head, head)
                                select s.id, 0, 0, 1, b.root, b.prev_head, b.head
                                from ledger.shard s, (select * from ledger.batch limit 1) b
                                where not exists (select from ledger.batch x where x.shard = s.id)""").execute())
                .map(written -> written)));
        sealed.append(1);
        sealed.seal();
        assertThat(sealed.number("select count(*) from ledger.entry where shard is not null"))
                .isEqualTo(sealed.number("select count(*) from ledger.batch"));
    }

    @Test
    void aTransactionThatStaysOpenKeepsNobodyWaiting() {
        SqlConnection open = await(sealed.house.connection());
        Transaction unfinished = await(open.begin());
        await(open.query("select pg_current_xact_id()").execute());
        for (int i = 0; i < NewBatches.AT_A_TIME + 50; i++) {
            sealed.append(Uses.about(SealedHouse.order(1)));
        }
        assertThat(turnsUntilAllIsDone()).isLessThan(10);

        PostgresLedger another = sealed.house.ledger(vertx, new GroupCommit.Limits(1, 50, 1_000));
        await(another.append(Uses.about(SealedHouse.order(2))));
        assertThat(turnsUntilAllIsDone()).isEqualTo(1);
        assertThat(sealed.latest().leaves()).isEqualTo(NewBatches.AT_A_TIME + 51);

        await(unfinished.commit().compose(done -> open.close()));
        await(another.close());
        assertThat(sealed.check().findings()).isEmpty();
    }

    /** So many at most that a sequencer which never rests is noticed. */
    private int turnsUntilAllIsDone() {
        int turns = 1;
        while (await(sealed.sequencer.turn()) && turns < 100) {
            turns++;
        }
        return turns;
    }

    @Test
    void aDatabaseThatWasPutBackSignsNothingUnderItsName(@TempDir Path folder) {
        FileSink sink = new FileSink(vertx, folder.resolve("heads"));
        sealed.append(20);
        sealed.seal();
        TreeHead earlier = sealed.latest();
        sealed.append(20);
        sealed.seal();
        await(sink.keep(List.of(Notice.of(await(sealed.reads.latest()).orElseThrow()))));
        sealed.putBackTo(earlier.size());
        sealed.append(5);

        Sequencer restored = sealed.sequencer("node-1", sink);
        assertThat(await(restored.turn())).isFalse();
        assertThat(restored.isHolding()).isFalse();
        assertThat(sealed.latest()).isEqualTo(earlier);

        LogName.Renewed renewed = await(LogName.renew(sealed.database, "operator", Instant.EPOCH));
        await(restored.turn());
        assertThat(sealed.latest().log()).isEqualTo(renewed.name());
        assertThat(sealed.latest().leaves()).isEqualTo(25);
        await(restored.end());
    }

    @Test
    void aDatabaseThatHoldsWhatWasBroughtElsewhereIsGoneOnWith(@TempDir Path folder) {
        FileSink sink = new FileSink(vertx, folder.resolve("heads"));
        sealed.append(20);
        sealed.seal();
        await(sink.keep(List.of(Notice.of(await(sealed.reads.latest()).orElseThrow()))));
        sealed.append(20);
        sealed.seal();
        await(sealed.sequencer.end());
        sealed.append(5);
        Sequencer next = sealed.sequencer("node-2", sink);
        await(next.turn());
        assertThat(sealed.latest().leaves()).isEqualTo(45);
        await(next.end());
    }

    @Test
    void aSinkThatDoesNotTellStopsNobody(@TempDir Path folder) throws IOException {
        FileSink broken = new FileSink(vertx, Files.createDirectory(folder.resolve("heads")));
        sealed.append(5);
        Sequencer next = sealed.sequencer("node-2", broken);
        await(next.turn());
        assertThat(sealed.latest().leaves()).isEqualTo(5);
        await(next.end());
    }

    @Test
    void aBacklogIsSealedInRoundsThatAreBounded() {
        for (int i = 0; i < 4; i++) {
            sealed.append(2_500);
        }
        assertThat(await(sealed.sequencer.turn())).isTrue();
        assertThat(sealed.latest().leaves())
                .isBetween((long) NewBatches.LEAVES_AT_A_TIME, NewBatches.LEAVES_AT_A_TIME + 50L);
        sealed.seal();
        assertThat(sealed.latest().leaves()).isEqualTo(10_000);
        assertThat(sealed.check().findings()).isEmpty();
    }

    @Test
    void ofTwoSequencersOneIsAtWork() {
        Sequencer other = sealed.sequencer("node-2");
        sealed.append(5);
        sealed.seal();
        sealed.append(5);
        assertThat(await(other.turn())).isFalse();
        assertThat(other.isHolding()).isFalse();
        assertThat(sealed.latest().leaves()).isEqualTo(5);
        await(sealed.sequencer.end());
        while (await(other.turn())) {
            // there is more
        }
        assertThat(sealed.latest().leaves()).isEqualTo(10);
        assertThat(sealed.latest().epoch()).isEqualTo(2);
        await(other.end());
    }

    @Test
    void whoseEpochIsOverCommitsNothingEvenWithTheLock() {
        sealed.append(5);
        sealed.seal();
        TreeHead before = sealed.latest();
        await(sealed.database.query("update ledger.sequencer set epoch = epoch + 1", Tuple.tuple()));
        sealed.append(5);
        assertThat(await(sealed.sequencer.turn())).isFalse();
        assertThat(sealed.latest()).isEqualTo(before);
        assertThat(sealed.meters.counter("sluice.ledger.rounds.failed").count()).isEqualTo(1);
        sealed.seal();
        assertThat(sealed.latest().epoch()).isEqualTo(3);
        assertThat(sealed.check().findings()).isEmpty();
    }

    @Test
    void aLostSessionEndsTheEpochAndNothingElse() {
        sealed.append(5);
        sealed.seal();
        await(sealed.database.query("""
                select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 1
                and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())
                """, Tuple.tuple()));
        sealed.append(5);
        sealed.seal();
        sealed.seal();
        assertThat(sealed.latest().leaves()).isEqualTo(10);
        assertThat(sealed.latest().epoch()).isEqualTo(2);
        assertThat(sealed.check().findings()).isEmpty();
    }

    @Test
    void nobodyGoesOnFromALogThatIsNotWhatItsHeadSays() {
        sealed.append(20);
        sealed.seal();
        TreeHead before = sealed.latest();
        await(sealed.sequencer.end());
        sealed.house.tamper("update ledger.node set hash = sha256(hash)");
        sealed.append(5);
        sealed.seal();
        assertThat(sealed.latest()).isEqualTo(before);
    }

    @Test
    void aRecordsLeavesAreCountedWithoutGapsOverAllRounds() {
        for (int round = 0; round < 4; round++) {
            sealed.append(70);
            sealed.append(Uses.refusal("nowhere", PrivacyRefusal.NO_CONTRACT, Uses.NOON));
            sealed.seal();
        }
        for (int order = 0; order < 7; order++) {
            long next = 0;
            for (Row row : await(sealed.database.query(
                    "select first, count, cardinality(numbers) from ledger.tally where record = $1 order by first",
                    Tuple.of(SealedHouse.record(order))))) {
                assertThat(row.getLong(0)).isEqualTo(next);
                assertThat(row.getLong(1)).isEqualTo(next + row.getInteger(2));
                next = row.getLong(1);
            }
            assertThat(next).isEqualTo(40);
        }
        assertThat(sealed.number("select count(distinct record) from ledger.tally"))
                .as("a leaf without a record is in no tally")
                .isEqualTo(7);
    }

    @Test
    void everyLeafsInclusionIsProvedAgainstEveryLaterHead() {
        for (int round = 0; round < 3; round++) {
            sealed.append(40);
            sealed.seal();
        }
        List<SignedHead> heads = await(sealed.reads.heads(Long.MAX_VALUE, 100));
        for (Row row : await(sealed.database.query("select shard, n, bytes from ledger.leaf", Tuple.tuple()))) {
            for (SignedHead head : heads) {
                await(sealed.reads.inclusion(
                                row.getUUID(0), row.getLong(1), head.head().size()))
                        .ifPresent(proof -> assertProved(row.getBuffer(2), proof, head.head()));
            }
            assertThat(await(sealed.reads.inclusion(
                            row.getUUID(0), row.getLong(1), sealed.latest().size())))
                    .isPresent();
        }
        assertThat(await(sealed.reads.inclusion(
                        UUID.randomUUID(), 0, sealed.latest().size())))
                .isEqualTo(Optional.empty());
    }

    private static void assertProved(Buffer leaf, LogReads.Inclusion proof, TreeHead head) {
        byte[] hash = NaiveTree.leafHash(leaf.getBytes());
        Buffer root = Encoded.bytes(proof.entry().toJsonObject().getString("root"));
        assertThat(NaiveTree.isIncluded(
                        hash,
                        proof.batch().index(),
                        proof.batch().size(),
                        SealedHouse.bytes(proof.batch().path()),
                        root.getBytes()))
                .isTrue();
        assertThat(NaiveTree.isIncluded(
                        NaiveTree.leafHash(proof.entry().getBytes()),
                        proof.log().index(),
                        proof.log().size(),
                        SealedHouse.bytes(proof.log().path()),
                        head.root().getBytes()))
                .isTrue();
    }

    @Test
    void eachHeadIsProvedToBeTheBeginningOfEachLaterOne() {
        for (int round = 0; round < 6; round++) {
            sealed.append(20);
            sealed.seal();
        }
        List<SignedHead> heads = await(sealed.reads.heads(Long.MAX_VALUE, 100));
        assertThat(heads).hasSizeGreaterThanOrEqualTo(6);
        for (SignedHead later : heads) {
            for (SignedHead earlier : heads) {
                TreeHead from = earlier.head();
                TreeHead to = later.head();
                if (from.size() <= to.size()) {
                    List<byte[]> proof = SealedHouse.bytes(await(sealed.reads.consistency(from.size(), to.size())));
                    assertThat(NaiveTree.isConsistent(
                                    from.size(),
                                    from.root().getBytes(),
                                    to.size(),
                                    to.root().getBytes(),
                                    proof))
                            .isTrue();
                }
            }
        }
    }
}
