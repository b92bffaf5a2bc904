package io.sluice.ledger;

import io.sluice.ledger.PendingLeaf.Doubt;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leaves of one transaction on their way into one shard.
 *
 * <p>Leaves in doubt, because transactions that held them were lost while they were being committed, are written only if none
 * of those batches is there: all of this batch or nothing of it. If none is there, they are given up, so that none can come
 * later. Every batch is written under an advisory lock on its shard, held until its transaction ends; whoever is in doubt takes
 * that lock first, and so sees how it ended.
 */
final class LeafBatch {

    private static final String IN_DOUBT = """
            select from unnest($%d::uuid[], $%d::bigint[]) as doubt (shard, seq)
            join ledger.batch there on there.shard = doubt.shard and there.seq = doubt.seq""";

    private static final String GIVE_UP = """
            insert into ledger.given_up (shard, seq) select d.shard, d.seq from unnest($1::uuid[], $2::bigint[]) as d (shard, seq)
            where not exists (""" + IN_DOUBT.formatted(1, 2) + ") on conflict do nothing";

    private static final String INSERT_SHARD = """
            insert into ledger.shard (id, node, lane, opened_at) select $1, $2, $3, $4
            where not exists (""" + IN_DOUBT.formatted(5, 6) + ")";

    private static final String INSERT_BATCH = """
            insert into ledger.batch (shard, seq, first_n, count, root, prev_head, head)
            select $1, $2, $3, $4, $5, $6, $7
            where not exists (""" + IN_DOUBT.formatted(8, 9) + ")";

    private static final String INSERT_LEAVES = """
            insert into ledger.leaf (shard, n, bytes, hash, at)
            select $1, $2::bigint + i - 1, b, h, t
            from unnest($3::bytea[], $4::bytea[], $5::timestamptz[]) with ordinality as l (b, h, t, i)
            where not exists (""" + IN_DOUBT.formatted(6, 7) + ")";

    private final Shard shard;
    private final List<PendingLeaf> leaves;
    private final List<Doubt> doubts;
    private final long seq;
    private byte[] head = {};
    private @Nullable Future<RowSet<Row>> inserted;

    LeafBatch(Shard shard, List<PendingLeaf> leaves, List<Doubt> doubts) {
        this.shard = shard;
        this.leaves = leaves;
        this.doubts = doubts;
        this.seq = shard.nextSeq();
    }

    /** The locks to hold before it is written. */
    LongStream locks() {
        return Stream.concat(Stream.of(shard.id()), doubts.stream().map(Doubt::shard))
                .mapToLong(id -> id.getMostSignificantBits() ^ id.getLeastSignificantBits());
    }

    /** Issues the statements, without waiting. */
    Future<?> write(SqlConnection transaction) {
        int size = leaves.size();
        Buffer[] bytes = new Buffer[size];
        Buffer[] hashes = new Buffer[size];
        OffsetDateTime[] times = new OffsetDateTime[size];
        List<byte[]> leafHashes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            byte[] leaf = leaves.get(i).bytes(shard.nextN() + i);
            byte[] hash = HashTree.leaf(leaf);
            leafHashes.add(hash);
            bytes[i] = Buffer.buffer(leaf);
            hashes[i] = Buffer.buffer(hash);
            times[i] = leaves.get(i).time().atOffset(ZoneOffset.UTC);
        }
        byte[] root = HashTree.root(leafHashes);
        head = HashTree.head(shard.head(), root, seq, shard.nextN(), size);
        List<Future<?>> writes = new ArrayList<>();
        if (!doubts.isEmpty()) {
            writes.add(giveUp(transaction));
        }
        if (seq == 0) {
            writes.add(insertShard(transaction));
        }
        writes.add(insertBatch(transaction, root));
        inserted = insertLeaves(transaction, bytes, hashes, times);
        writes.add(inserted);
        return Future.all(writes);
    }

    private Future<?> giveUp(SqlConnection transaction) {
        return transaction.preparedQuery(GIVE_UP).execute(Tuple.of(doubtfulShards(), (Object) doubtfulSeqs()));
    }

    private Future<?> insertShard(SqlConnection transaction) {
        return transaction
                .preparedQuery(INSERT_SHARD)
                .execute(Tuple.of(
                        shard.id(),
                        shard.node(),
                        shard.lane(),
                        shard.openedAt().atOffset(ZoneOffset.UTC),
                        doubtfulShards(),
                        doubtfulSeqs()));
    }

    private Future<?> insertBatch(SqlConnection transaction, byte[] root) {
        return transaction.preparedQuery(INSERT_BATCH).execute(Tuple.from(new @Nullable Object[] {
            shard.id(),
            seq,
            shard.nextN(),
            leaves.size(),
            Buffer.buffer(root),
            Buffer.buffer(shard.head()),
            Buffer.buffer(head),
            doubtfulShards(),
            doubtfulSeqs()
        }));
    }

    private Future<RowSet<Row>> insertLeaves(
            SqlConnection transaction, Buffer[] bytes, Buffer[] hashes, OffsetDateTime[] times) {
        return transaction.preparedQuery(INSERT_LEAVES).execute(Tuple.from(new @Nullable Object[] {
            shard.id(), shard.nextN(), bytes, hashes, times, doubtfulShards(), doubtfulSeqs()
        }));
    }

    private UUID[] doubtfulShards() {
        return doubts.stream().map(Doubt::shard).toArray(UUID[]::new);
    }

    private Long[] doubtfulSeqs() {
        return doubts.stream().map(Doubt::seq).toArray(Long[]::new);
    }

    /** The leaves are durable, by this transaction or, if they were in doubt, by one before. */
    void committed() {
        if (inserted != null && inserted.result().rowCount() > 0) {
            shard.moveOn(head, leaves.size());
        }
        leaves.forEach(PendingLeaf::committed);
    }

    void rolledBack() {
        leaves.forEach(PendingLeaf::giveBack);
    }

    /** The next one who writes these leaves has to look whether this batch is there. */
    void unknown() {
        Doubt mine = new Doubt(shard.id(), seq);
        leaves.forEach(leaf -> leaf.giveBack(mine));
    }

    Shard shard() {
        return shard;
    }

    List<PendingLeaf> leaves() {
        return leaves;
    }
}
