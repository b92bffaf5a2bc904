package io.sluice.ledger.log;

import io.sluice.kernel.Unavailable;
import io.sluice.ledger.Pseudonyms;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Makes receipts. A leaf that was durable when a receipt was asked for is in it: if it is not sealed yet, that is waited for. */
public final class Receipts {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    /** More than so many batches that are not sealed are not looked through: then it is not the time for a receipt. */
    private static final int BATCHES_LOOKED_THROUGH = 2_000;

    // what the sequencer has seen lies in the future where the database was restored from a dump, until it has begun
    // anew
    private static final String PENDING = """
            with seen as (select seen as it from ledger.sequencer),
            late as (
                select shard, seq, first_n, count from ledger.batch where xid in (select pg_snapshot_xip(it) from seen)
                union all
                select shard, seq, first_n, count from ledger.batch
                where xid >= (select pg_snapshot_xmax(it) from seen) and xid < pg_snapshot_xmax(pg_current_snapshot())),
            unsealed as (
                select * from late b
                where not exists (select from ledger.entry e where e.shard = b.shard and e.seq = b.seq) limit $2)
            select (select pg_snapshot_xmax(it) > pg_snapshot_xmax(pg_current_snapshot()) from seen)
                or (select count(*) from unsealed) = $2
                or exists (
                    select from unsealed b
                    join ledger.leaf l on l.shard = b.shard and l.n >= b.first_n and l.n < b.first_n + b.count
                    where position($1::bytea in l.bytes) > 0)""";

    private final Vertx vertx;
    private final Database database;
    private final Pseudonyms pseudonyms;
    private final ReceiptReads reads;
    private final Duration patience;
    private final LongSupplier nanoTime;

    /** @param patience how long to wait for leaves to be sealed */
    public Receipts(Vertx vertx, Database database, Pseudonyms pseudonyms, Duration patience, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.database = database;
        this.pseudonyms = pseudonyms;
        this.reads = new ReceiptReads(database);
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** The receipt of an order, or of another record. Fails with {@link Unavailable} if its leaves are not sealed in time. */
    public Future<Receipt> of(UUID record) {
        String pseudonym = pseudonyms.record(record);
        return allSealed(pseudonym, nanoTime.getAsLong() + patience.toNanos())
                .compose(done -> reads.of(pseudonym, Buffer.buffer(pseudonyms.salt(record))));
    }

    private Future<Void> allSealed(String record, long giveUp) {
        Buffer member = Buffer.buffer("\"record\":\"" + record + "\"");
        return database.query(PENDING, Tuple.of(member, BATCHES_LOOKED_THROUGH)).compose(rows -> {
            Row row = rows.iterator().next();
            if (!row.getBoolean(0)) {
                return Future.succeededFuture();
            }
            if (nanoTime.getAsLong() - giveUp > 0) {
                return Future.failedFuture(new Unavailable("ledger's seal"));
            }
            return vertx.timer(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .compose(later -> allSealed(record, giveUp));
        });
    }
}
