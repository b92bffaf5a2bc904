package io.sluice.ledger.log;

import static io.sluice.ledger.CountingHouse.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Use;
import io.sluice.ledger.CountingHouse;
import io.sluice.ledger.Uses;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A ledger with a sequencer that takes its turns when it is told to. */
final class SealedHouse {

    final CountingHouse house;
    final Database database;
    final HeadSigner signer = Keys.fresh();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Sequencer sequencer;
    final LogReads reads;

    SealedHouse(Vertx vertx) {
        house = new CountingHouse(vertx);
        database = house.database;
        sequencer = sequencer("node-1");
        reads = new LogReads(database);
    }

    Sequencer sequencer(String node, SecondSink... sinks) {
        KeptHeads kept = new KeptHeads(List.of(sinks), Duration.ofSeconds(30));
        return new Sequencer(database, signer, node, kept, InstantSource.system(), meters);
    }

    static UUID order(int number) {
        return new UUID(0x0198c1a000007000L, 0x8000000000001000L + number);
    }

    static String record(int number) {
        return Uses.pseudonyms().record(order(number));
    }

    /** So many leaves, each in a batch with whatever else is appended at the time, of orders 0 to 6 in turn. */
    void append(int leaves) {
        List<Future<Void>> appended = new ArrayList<>();
        for (int i = 0; i < leaves; i++) {
            appended.add(house.ledger.append(Uses.about(order(i % 7))));
        }
        await(Future.all(appended));
    }

    void append(Use use) {
        await(house.ledger.append(use));
    }

    /** Turns until nothing is left to do. */
    void seal() {
        while (await(sequencer.turn())) {
            // there is more
        }
    }

    /** As if a backup had been restored that was taken when the log had so many entries. */
    void putBackTo(long entries) {
        await(sequencer.end());
        house.tamper(
                "delete from ledger.leaf l using ledger.batch b, ledger.entry e where e.index >= " + entries
                        + " and b.shard = e.shard and b.seq = e.seq and l.shard = b.shard and l.n >= b.first_n"
                        + " and l.n < b.first_n + b.count",
                "delete from ledger.batch b using ledger.entry e where e.index >= " + entries
                        + " and b.shard = e.shard and b.seq = e.seq",
                "delete from ledger.shard s where not exists (select from ledger.batch b where b.shard = s.id)",
                "delete from ledger.tally where entry >= " + entries,
                "delete from ledger.node where (index + 1) << level > " + entries,
                "delete from ledger.entry where index >= " + entries,
                "delete from ledger.head where size > " + entries);
    }

    TreeHead latest() {
        return await(reads.latest()).orElseThrow().head();
    }

    LogCheck.Report check(SignedHead... kept) {
        return await(new LogCheck(database, List.of(signer.key())).run(List.of(kept), done -> {}));
    }

    long number(String sql) {
        return row(sql).getLong(0);
    }

    Row row(String sql) {
        return await(database.query(sql, Tuple.tuple())).iterator().next();
    }

    List<byte[]> entryHashes() {
        List<byte[]> hashes = new ArrayList<>();
        await(database.query("select bytes from ledger.entry order by index", Tuple.tuple()))
                .forEach(row -> hashes.add(NaiveTree.leafHash(row.getBuffer(0).getBytes())));
        return hashes;
    }

    static List<byte[]> bytes(List<Buffer> buffers) {
        return buffers.stream().map(Buffer::getBytes).toList();
    }

    void close() {
        await(sequencer.end());
        house.close();
    }
}
