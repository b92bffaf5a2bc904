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
import org.jspecify.annotations.Nullable;

/**
 * Leaves of one transaction on their way into one shard.
 *
 * <p>Leaves in doubt, because the transaction that held them was lost while it was being committed, are written only if that
 * batch is not there: all of this batch or nothing of it. Every batch holds an advisory lock on its shard until its
 * transaction ends; whoever is in doubt takes that lock first, and so sees how it ended.
 */
final class LeafBatch {

    private final Shard shard;
    private final List<PendingLeaf> leaves;
    private final @Nullable Doubt doubt;
    private final long seq;
    private byte[] head = {};
    private @Nullable Future<RowSet<Row>> inserted;

    LeafBatch(Shard shard, List<PendingLeaf> leaves, @Nullable Doubt doubt) {
        this.shard = shard;
        this.leaves = leaves;
        this.doubt = doubt;
        this.seq = shard.nextSeq();
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
        if (doubt != null) {
            writes.add(lock(transaction, doubt.shard()));
        }
        writes.add(lock(transaction, shard.id()));
        if (seq == 0) {
            writes.add(insertShard(transaction));
        }
        writes.add(insertBatch(transaction, root));
        inserted = insertLeaves(transaction, bytes, hashes, times);
        writes.add(inserted);
        return Future.all(writes);
    }

    private static Future<?> lock(SqlConnection transaction, UUID shard) {
        return transaction
                .preparedQuery("select pg_advisory_xact_lock($1)")
                .execute(Tuple.of(shard.getMostSignificantBits() ^ shard.getLeastSignificantBits()));
    }

    private Future<?> insertShard(SqlConnection transaction) {
        return transaction
                .preparedQuery("""
                        insert into ledger.shard (id, node, lane, opened_at) select $1, $2, $3, $4
                        where not exists (select from ledger.batch where shard = $5 and seq = $6)""")
                .execute(Tuple.of(
                        shard.id(),
                        shard.node(),
                        shard.lane(),
                        shard.openedAt().atOffset(ZoneOffset.UTC),
                        doubtfulShard(),
                        doubtfulSeq()));
    }

    private Future<?> insertBatch(SqlConnection transaction, byte[] root) {
        return transaction.preparedQuery("""
                        insert into ledger.batch (shard, seq, first_n, count, root, prev_head, head)
                        select $1, $2, $3, $4, $5, $6, $7
                        where not exists (select from ledger.batch where shard = $8 and seq = $9)""").execute(Tuple.from(new @Nullable Object[] {
            shard.id(),
            seq,
            shard.nextN(),
            leaves.size(),
            Buffer.buffer(root),
            Buffer.buffer(shard.head()),
            Buffer.buffer(head),
            doubtfulShard(),
            doubtfulSeq()
        }));
    }

    private Future<RowSet<Row>> insertLeaves(
            SqlConnection transaction, Buffer[] bytes, Buffer[] hashes, OffsetDateTime[] times) {
        return transaction.preparedQuery("""
                        insert into ledger.leaf (shard, n, bytes, hash, at)
                        select $1, $2::bigint + i - 1, b, h, t
                        from unnest($3::bytea[], $4::bytea[], $5::timestamptz[]) with ordinality as l (b, h, t, i)
                        where not exists (select from ledger.batch where shard = $6 and seq = $7)""").execute(Tuple.from(new @Nullable Object[] {
            shard.id(), shard.nextN(), bytes, hashes, times, doubtfulShard(), doubtfulSeq()
        }));
    }

    private @Nullable UUID doubtfulShard() {
        return doubt == null ? null : doubt.shard();
    }

    private @Nullable Long doubtfulSeq() {
        return doubt == null ? null : doubt.seq();
    }

    /** The leaves are durable, by this transaction or, if they were in doubt, by the one before. */
    void committed() {
        if (inserted != null && inserted.result().rowCount() > 0) {
            shard.moveOn(head, leaves.size());
        }
        leaves.forEach(PendingLeaf::committed);
    }

    /** The next one who writes these leaves has to look whether this batch is there. */
    void unknown() {
        Doubt mine = new Doubt(shard.id(), seq);
        leaves.forEach(leaf -> leaf.doubt(mine));
    }

    Shard shard() {
        return shard;
    }

    List<PendingLeaf> leaves() {
        return leaves;
    }
}
