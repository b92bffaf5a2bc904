package io.sluice.ledger.log;

import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the log tells everybody: heads and proofs. There is nothing personal in any of it. */
public final class LogReads {

    private static final String HEADS = """
            select h.size, h.bytes, k.public_key, h.signature from ledger.head h join ledger.head_key k on k.id = h.key
            where h.size < $1 order by h.size desc limit $2""";

    private static final String HEAD = """
            select h.bytes, k.public_key, h.signature from ledger.head h join ledger.head_key k on k.id = h.key
            where h.size = $1""";

    private static final String PLACE = """
            select e.index, e.bytes, b.first_n, b.count from ledger.batch b
            join ledger.entry e on e.shard = b.shard and e.seq = b.seq
            where b.shard = $1 and b.seq = (
                select seq from ledger.batch where shard = $1 and first_n <= $2 order by first_n desc limit 1)
            and b.first_n + b.count > $2""";

    private final Database database;

    public LogReads(Database database) {
        this.database = database;
    }

    /** The newest head; none if nothing has been sealed yet. */
    public Future<Optional<SignedHead>> latest() {
        return heads(Long.MAX_VALUE, 1).map(heads -> heads.stream().findFirst());
    }

    /**
     * Heads, the newest first.
     *
     * @param before only smaller ones
     */
    public Future<List<SignedHead>> heads(long before, int limit) {
        return database.query(HEADS, Tuple.of(before, limit)).map(rows -> {
            List<SignedHead> heads = new ArrayList<>();
            rows.forEach(row -> heads.add(SignedHead.of(row, 1)));
            return heads;
        });
    }

    /** The head of that size, if there ever was one. */
    public Future<Optional<SignedHead>> head(long size) {
        return database.query(HEAD, Tuple.of(size)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(SignedHead.of(row, 0));
            }
            return Optional.empty();
        });
    }

    /**
     * That the log of the one size is the beginning of that of the other (RFC 9162, 2.1.4).
     *
     * @param to not larger than the log is
     */
    public Future<List<Buffer>> consistency(long from, long to) {
        List<Span> spans = Proofs.consistency(from, to);
        return Nodes.of(this::query, spans).map(nodes -> nodes.roots(spans));
    }

    /**
     * That a leaf is in the log of that size.
     *
     * @param batch in which leaf of its batch it is, and the way from there to the batch's root
     * @param log which entry the batch is, and the way from there to the head's root
     */
    public record Inclusion(Buffer leafHash, Step batch, Buffer entry, Step log) {}

    /** One way up a tree (RFC 9162, 2.1.3). */
    public record Step(long index, long size, List<Buffer> path) {}

    /** The proof that this leaf is in the log of this size; empty if it is not, or not yet. */
    public Future<Optional<Inclusion>> inclusion(UUID shard, long n, long size) {
        return database.query(PLACE, Tuple.of(shard, n)).compose(rows -> {
            for (Row row : rows) {
                long index = row.getLong(0);
                if (index < size) {
                    return inclusion(shard, n, row, index, size).map(Optional::of);
                }
            }
            return Future.succeededFuture(Optional.empty());
        });
    }

    private Future<Inclusion> inclusion(UUID shard, long n, Row place, long index, long size) {
        long firstN = place.getLong(2);
        int count = place.getInteger(3);
        Future<List<byte[]>> hashes = database.query(
                        "select hash from ledger.leaf where shard = $1 and n >= $2 and n < $3 order by n",
                        Tuple.of(shard, firstN, firstN + count))
                .map(rows -> {
                    List<byte[]> leaves = new ArrayList<>();
                    rows.forEach(row -> leaves.add(row.getBuffer(0).getBytes()));
                    return leaves;
                });
        List<Span> spans = Proofs.inclusion(index, size);
        return Future.all(hashes, Nodes.of(this::query, spans)).map(both -> {
            List<byte[]> leaves = both.resultAt(0);
            Nodes nodes = both.resultAt(1);
            int at = Math.toIntExact(n - firstN);
            return new Inclusion(
                    Buffer.buffer(leaves.get(at)),
                    new Step(at, leaves.size(), Proofs.inclusion(at, leaves)),
                    place.getBuffer(1),
                    new Step(index, size, nodes.roots(spans)));
        });
    }

    private Future<RowSet<Row>> query(String sql, Tuple arguments) {
        return database.query(sql, arguments);
    }
}
