package io.sluice.ledger;

import io.sluice.ledger.Verdict.Flaw;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Recomputes everything from the stored bytes, page by page, and names the first leaf that is wrong. It believes no stored
 * hash. A chain rewritten whole, or cut at its end, is sound in itself: that shows only against a head kept elsewhere.
 */
public final class LedgerCheck {

    private static final int BATCHES_AT_A_TIME = 16;

    private final Database database;

    public LedgerCheck(Database database) {
        this.database = database;
    }

    /** A verdict on every shard, in the order of their ids: of those that were opened, and those that only have rows. */
    public Future<List<Verdict>> all() {
        return database.query("""
                        select id from ledger.shard union select shard from ledger.batch
                        union select shard from ledger.leaf order by 1""", Tuple.tuple()).compose(rows -> {
            Future<List<Verdict>> found = Future.succeededFuture(new ArrayList<>());
            for (Row row : rows) {
                UUID shard = row.getUUID(0);
                found = found.compose(verdicts -> shard(shard).map(verdict -> {
                    verdicts.add(verdict);
                    return verdicts;
                }));
            }
            return found;
        });
    }

    /** The verdict on one shard. */
    public Future<Verdict> shard(UUID shard) {
        return database.query("select node, lane, opened_at from ledger.shard where id = $1", Tuple.of(shard))
                .compose(rows -> {
                    for (Row row : rows) {
                        byte[] genesis = Shard.genesis(
                                shard,
                                row.getString(0),
                                row.getString(1),
                                row.getOffsetDateTime(2).toInstant());
                        return page(new Position(shard, 0, 0, Buffer.buffer(genesis)));
                    }
                    return Future.succeededFuture(new Verdict.Wrong(shard, 0, Flaw.SHARD_MISSING));
                });
    }

    /** How far it is sound. */
    private record Position(UUID shard, long seq, long n, Buffer head) {
        Verdict wrong(long at, Flaw flaw) {
            return new Verdict.Wrong(shard, at, flaw);
        }
    }

    private Future<Verdict> page(Position from) {
        return database.query("""
                        select seq, first_n, count, root, prev_head, head from ledger.batch
                        where shard = $1 and seq >= $2 order by seq limit $3""", Tuple.of(from.shard(), from.seq(), BATCHES_AT_A_TIME))
                .compose(rows -> {
                    List<Row> batches = new ArrayList<>();
                    rows.forEach(batches::add);
                    if (batches.isEmpty()) {
                        return end(from);
                    }
                    long until = batches.stream()
                            .mapToLong(batch -> batch.getLong(1) + batch.getInteger(2))
                            .max()
                            .orElse(0);
                    return leaves(from, until).compose(leaves -> go(from, batches, leaves));
                });
    }

    private Future<Verdict> end(Position from) {
        // both in one statement, and so in one snapshot: a batch that was committed meanwhile comes with its leaves
        return database.query("""
                        select (select min(n) from ledger.leaf where shard = $1 and n >= $2),
                               exists (select from ledger.batch where shard = $1 and seq >= $3)""", Tuple.of(from.shard(), from.n(), from.seq())).compose(rows -> {
            Row row = rows.iterator().next();
            Long uncovered = row.getLong(0);
            if (row.getBoolean(1)) {
                return page(from);
            }
            return Future.succeededFuture(
                    uncovered == null
                            ? new Verdict.Sound(from.shard(), from.n(), from.head())
                            : from.wrong(uncovered, Flaw.LEAF_UNCOVERED));
        });
    }

    private Future<Map<Long, StoredLeaf>> leaves(Position from, long until) {
        return database.query(
                        "select n, bytes, hash, at from ledger.leaf where shard = $1 and n >= $2 and n < $3",
                        Tuple.of(from.shard(), from.n(), until))
                .map(rows -> {
                    Map<Long, StoredLeaf> leaves = new HashMap<>();
                    rows.forEach(row -> leaves.put(row.getLong(0), StoredLeaf.of(row, 1)));
                    return leaves;
                });
    }

    private Future<Verdict> go(Position from, List<Row> batches, Map<Long, StoredLeaf> leaves) {
        Position at = from;
        for (Row batch : batches) {
            int count = batch.getInteger(2);
            if (batch.getLong(0) != at.seq() || batch.getLong(1) != at.n()) {
                return Future.succeededFuture(at.wrong(at.n(), Flaw.BATCH_MISSING));
            }
            List<byte[]> hashes = new ArrayList<>();
            for (long n = at.n(); n < at.n() + count; n++) {
                StoredLeaf leaf = leaves.get(n);
                if (leaf == null) {
                    return Future.succeededFuture(at.wrong(n, Flaw.LEAF_MISSING));
                }
                Optional<Flaw> flaw = leaf.flaw(n);
                if (flaw.isPresent()) {
                    return Future.succeededFuture(at.wrong(n, flaw.get()));
                }
                hashes.add(leaf.computedHash());
            }
            byte[] root = HashTree.root(hashes);
            if (!Arrays.equals(root, batch.getBuffer(3).getBytes())) {
                return Future.succeededFuture(at.wrong(at.n(), Flaw.ROOT_WRONG));
            }
            byte[] head = HashTree.head(at.head().getBytes(), root, at.seq(), at.n(), count);
            if (!at.head().equals(batch.getBuffer(4))
                    || !Arrays.equals(head, batch.getBuffer(5).getBytes())) {
                return Future.succeededFuture(at.wrong(at.n(), Flaw.HEAD_WRONG));
            }
            at = new Position(at.shard(), at.seq() + 1, at.n() + count, Buffer.buffer(head));
        }
        return page(at);
    }
}
