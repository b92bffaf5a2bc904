package io.sluice.ledger;

import io.sluice.storage.Database;
import io.sluice.storage.Repeat;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
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
        return Repeat.until(Optional::isEmpty, Optional.of(FIRST), after -> pages.shards(after.orElseThrow()))
                .map(done -> pages.read);
    }

    /** Shards up to one, or all: then there is no last one to go on from. */
    private Future<Optional<UUID>> shards(UUID after) {
        return database.query("""
                        select s.id, l.n, l.at from ledger.shard s
                        cross join lateral
                            (select n, at from ledger.leaf where shard = s.id order by n desc limit 1) l
                        where s.id > $1 order by s.id limit $2""", Tuple.of(after, SHARDS)).compose(rows -> {
            Future<?> shardsRead = Future.succeededFuture();
            Optional<UUID> last = Optional.empty();
            for (Row row : rows) {
                UUID shard = row.getUUID(0);
                long end = row.getLong(1);
                if (!isBefore(row.getOffsetDateTime(2))) {
                    shardsRead = shardsRead.compose(done -> shard(shard, end));
                }
                last = Optional.of(shard);
            }
            Optional<UUID> next = rows.size() < SHARDS ? Optional.empty() : last;
            return shardsRead.map(done -> next);
        });
    }

    /** Whether no leaf up to one of that time is of the time that is asked for. */
    private boolean isBefore(OffsetDateTime at) {
        return at.toInstant().isBefore(since.minus(OUT_OF_ORDER));
    }

    private Future<?> shard(UUID shard, long end) {
        return first(shard, end).compose(first -> Repeat.until(from -> from > end, first, from -> leaves(shard, from)));
    }

    /** From where a shard has leaves of the time, found by halves. */
    private Future<Long> first(UUID shard, long end) {
        record Within(long from, long to) {}
        return Repeat.until(within -> within.from() == within.to(), new Within(0, end), within -> {
                    long middle = (within.from() + within.to()) >>> 1;
                    return database.query(
                                    "select at from ledger.leaf where shard = $1 and n = $2", Tuple.of(shard, middle))
                            .map(rows -> {
                                for (Row row : rows) {
                                    if (isBefore(row.getOffsetDateTime(0))) {
                                        return new Within(middle + 1, within.to());
                                    }
                                }
                                // a leaf that is missing says nothing: what lies before it is looked at
                                return new Within(within.from(), middle);
                            });
                })
                .map(Within::from);
    }

    private Future<Long> leaves(UUID shard, long from) {
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
                .map(rows -> {
                    rows.forEach(row -> leaf(new JsonObject(row.getBuffer(0))));
                    return from + LEAVES;
                });
    }

    private void leaf(JsonObject leaf) {
        read++;
        reader.accept(leaf);
    }
}
