package io.sluice.ledger;

import io.sluice.ledger.Verdict.Flaw;
import io.sluice.storage.Database;
import io.sluice.storage.Repeat;
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
 * hash. A chain rewritten whole, or cut at its end, is sound in itself: that shows only against an earlier verdict that was kept
 * where the database's owner cannot reach it.
 */
public final class LedgerCheck {

    private static final int BATCHES_AT_A_TIME = 16;

    private final Database database;

    public LedgerCheck(Database database) {
        this.database = database;
    }

    /** A verdict on every shard, in the order of their ids: of those that were opened, and those that only have rows. */
    public Future<List<Verdict>> all() {
        return all(List.of());
    }

    /**
     * A verdict on every shard, also on those that are only known.
     *
     * @param known earlier verdicts, which the shards must still bear out
     */
    public Future<List<Verdict>> all(List<Verdict.Sound> known) {
        UUID[] ids = known.stream().map(Verdict.Sound::shard).toArray(UUID[]::new);
        return shards(ids).compose(shards -> {
            Future<List<Verdict>> found = Future.succeededFuture(new ArrayList<>());
            for (UUID shard : shards) {
                found = found.compose(verdicts -> shard(shard, known).map(verdict -> {
                    verdicts.add(verdict);
                    return verdicts;
                }));
            }
            return found;
        });
    }

    /** Shards that were opened, those that only have rows, and these. It steps from one to the next, and reads no rows between. */
    private Future<List<UUID>> shards(UUID[] known) {
        return database.query("""
                        with recursive batches as (
                            (select shard from ledger.batch order by shard limit 1) union all
                            select (select shard from ledger.batch where shard > last.shard order by shard limit 1)
                            from batches as last where last.shard is not null),
                        leaves as (
                            (select shard from ledger.leaf order by shard limit 1) union all
                            select (select shard from ledger.leaf where shard > last.shard order by shard limit 1)
                            from leaves as last where last.shard is not null)
                        select id from ledger.shard union select shard from batches where shard is not null
                        union select shard from leaves where shard is not null
                        union select unnest($1::uuid[]) order by 1""", Tuple.of((Object) known)).map(rows -> {
            List<UUID> shards = new ArrayList<>();
            rows.forEach(row -> shards.add(row.getUUID(0)));
            return shards;
        });
    }

    /** Shards of which there is anything. */
    public Future<List<UUID>> shards() {
        return shards(new UUID[0]);
    }

    /** The verdict on what of a shard comes behind that batch, if all is well before. */
    public Future<Verdict> behind(UUID shard, long seq, long n, Buffer head) {
        return verdict(new Position(shard, seq, n, head, List.of()));
    }

    /** What the first batch of a shard is chained to; empty if nothing says who opened it. */
    public Future<Optional<Buffer>> genesis(UUID shard) {
        return database.query("select node, lane, opened_at from ledger.shard where id = $1", Tuple.of(shard))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(Buffer.buffer(Shard.genesis(
                                shard,
                                row.getString(0),
                                row.getString(1),
                                row.getOffsetDateTime(2).toInstant())));
                    }
                    return Optional.empty();
                });
    }

    /** The verdict on one shard. */
    public Future<Verdict> shard(UUID shard) {
        return shard(shard, List.of());
    }

    /** The verdict on one shard, which must bear out the earlier verdicts on it; those on others do not matter. */
    public Future<Verdict> shard(UUID shard, List<Verdict.Sound> known) {
        List<Verdict.Sound> own =
                known.stream().filter(sound -> sound.shard().equals(shard)).toList();
        return genesis(shard)
                .compose(genesis -> genesis.isPresent()
                        ? verdict(new Position(shard, 0, 0, genesis.get(), own))
                        : Future.succeededFuture(new Verdict.Wrong(shard, 0, Flaw.SHARD_MISSING)));
    }

    /** On the way, or at the end of it. */
    private sealed interface Reached permits Position, End {}

    private record End(Verdict verdict) implements Reached {}

    /** How far it is sound, and what is known of it. */
    private record Position(UUID shard, long seq, long n, Buffer head, List<Verdict.Sound> known) implements Reached {
        End wrong(long at, Flaw flaw) {
            return new End(new Verdict.Wrong(shard, at, flaw));
        }

        Position after(byte[] newHead, int count) {
            return new Position(shard, seq + 1, n + count, Buffer.buffer(newHead), known);
        }

        /** Whether a batch that ends here agrees with the verdicts given since the one before it, which ended there. */
        boolean agreesSince(Position before) {
            return known.stream()
                    .filter(sound -> sound.leaves() > before.n && sound.leaves() <= n)
                    .allMatch(sound -> sound.leaves() == n && sound.head().equals(head));
        }

        End end() {
            boolean isCut = known.stream().anyMatch(sound -> sound.leaves() > n);
            return isCut ? wrong(n, Flaw.CUT) : new End(new Verdict.Sound(shard, n, head));
        }
    }

    private Future<Verdict> verdict(Position from) {
        return Repeat.<Reached>until(End.class::isInstance, from, at -> page((Position) at))
                .map(end -> ((End) end).verdict());
    }

    private Future<Reached> page(Position from) {
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
                    return leaves(from, until).map(leaves -> go(from, batches, leaves));
                });
    }

    private Future<Reached> end(Position from) {
        // both in one statement, and so in one snapshot: a batch that was committed meanwhile comes with its leaves
        return database.query("""
                        select (select min(n) from ledger.leaf where shard = $1 and n >= $2),
                               exists (select from ledger.batch where shard = $1 and seq >= $3)""", Tuple.of(from.shard(), from.n(), from.seq())).map(rows -> {
            Row row = rows.iterator().next();
            Long uncovered = row.getLong(0);
            if (row.getBoolean(1)) {
                return from;
            }
            return uncovered == null ? from.end() : from.wrong(uncovered, Flaw.LEAF_UNCOVERED);
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

    private static Reached go(Position from, List<Row> batches, Map<Long, StoredLeaf> leaves) {
        Position at = from;
        for (Row batch : batches) {
            int count = batch.getInteger(2);
            if (batch.getLong(0) != at.seq() || batch.getLong(1) != at.n()) {
                return at.wrong(at.n(), Flaw.BATCH_MISSING);
            }
            List<byte[]> hashes = new ArrayList<>();
            for (long n = at.n(); n < at.n() + count; n++) {
                StoredLeaf leaf = leaves.get(n);
                if (leaf == null) {
                    return at.wrong(n, Flaw.LEAF_MISSING);
                }
                Optional<Flaw> flaw = leaf.flaw(n);
                if (flaw.isPresent()) {
                    return at.wrong(n, flaw.get());
                }
                hashes.add(leaf.computedHash());
            }
            byte[] root = HashTree.root(hashes);
            if (!Arrays.equals(root, batch.getBuffer(3).getBytes())) {
                return at.wrong(at.n(), Flaw.ROOT_WRONG);
            }
            byte[] head = HashTree.head(at.head().getBytes(), root, at.seq(), at.n(), count);
            if (!at.head().equals(batch.getBuffer(4))
                    || !Arrays.equals(head, batch.getBuffer(5).getBytes())) {
                return at.wrong(at.n(), Flaw.HEAD_WRONG);
            }
            Position next = at.after(head, count);
            if (!next.agreesSince(at)) {
                return at.wrong(at.n(), Flaw.REWRITTEN);
            }
            at = next;
        }
        return at;
    }
}
