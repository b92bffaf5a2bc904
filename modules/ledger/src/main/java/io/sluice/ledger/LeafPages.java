package io.sluice.ledger;

import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Goes through the leaves of a time, shard by shard and page by page: each page is a statement of its own, found by key, and none
 * is kept.
 */
public final class LeafPages {

    private static final int SHARDS = 500;
    private static final int LEAVES = 2000;
    private static final UUID FIRST = new UUID(0, 0);

    /** A leaf is dated when it is decided, and written in its batch's turn: so far apart they may stand in a shard. */
    private static final Duration OUT_OF_ORDER = Duration.ofHours(1);

    private final Database database;
    private final Instant since;
    private final Instant until;
    private final Consumer<JsonObject> reader;
    private long read;

    private LeafPages(Database database, Instant since, Instant until, Consumer<JsonObject> reader) {
        this.database = database;
        this.since = since;
        this.until = until;
        this.reader = reader;
    }

    /** Shows each leaf since then (inclusive) until then (exclusive) to the reader, one at a time; how many there were. */
    public static Future<Long> read(Database database, Instant since, Instant until, Consumer<JsonObject> reader) {
        LeafPages pages = new LeafPages(database, since, until, reader);
        return pages.shards(FIRST).map(done -> pages.read);
    }

    private Future<Void> shards(UUID after) {
        return database.query("""
                        select s.id, l.n, l.at from ledger.shard s
                        cross join lateral
                            (select n, at from ledger.leaf where shard = s.id order by n desc limit 1) l
                        where s.id > $1 order by s.id limit $2""", Tuple.of(after, SHARDS)).compose(rows -> {
            Future<Void> read = Future.succeededFuture();
            UUID last = after;
            for (Row row : rows) {
                UUID shard = row.getUUID(0);
                long end = row.getLong(1);
                boolean isOver = row.getOffsetDateTime(2).toInstant().isBefore(since.minus(OUT_OF_ORDER));
                if (!isOver) {
                    read = read.compose(done -> leaves(shard, 0, end));
                }
                last = shard;
            }
            UUID next = last;
            return rows.size() < SHARDS ? read : read.compose(done -> shards(next));
        });
    }

    private Future<Void> leaves(UUID shard, long from, long end) {
        if (from > end) {
            return Future.succeededFuture();
        }
        return database.query(
                        """
                        select bytes from ledger.leaf
                        where shard = $1 and n >= $2 and n < $3 and at >= $4 and at < $5 order by n""",
                        Tuple.of(
                                shard,
                                from,
                                from + LEAVES,
                                since.atOffset(ZoneOffset.UTC),
                                until.atOffset(ZoneOffset.UTC)))
                .compose(rows -> {
                    rows.forEach(row -> leaf(new JsonObject(row.getBuffer(0))));
                    return leaves(shard, from + LEAVES, end);
                });
    }

    private void leaf(JsonObject leaf) {
        read++;
        reader.accept(leaf);
    }
}
