package io.sluice.vault;

import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the key store, four times a lease, who was shredded since it was asked last. What a node keeps in memory may be used for
 * a lease from the moment at which the last question that was answered was sent: so whoever has shredded a key, and then waited
 * that long, knows that no node uses it any more, whether that node has heard of it, is cut off, or has been asleep.
 *
 * <p>No message is needed for that, and none can be lost.
 */
final class ShredWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ShredWatch.class);
    private static final int QUESTIONS_A_LEASE = 4;
    /** Not asked yet; no shredding has so high a number. */
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final Vertx vertx;
    private final Context context;
    private final Database database;
    private final LongSupplier nanoTime;
    private final Duration lease;
    private final Consumer<SubjectId> forget;
    private final Runnable forgetAll;
    private final AtomicLong forgotten = new AtomicLong();
    private final Promise<Void> first = Promise.promise();
    private long seen = UNKNOWN;
    private volatile long goodUntil;
    private volatile boolean isClosed;

    /** @param forgetAll for when it cannot be told who was shredded meanwhile */
    ShredWatch(
            Vertx vertx,
            Database database,
            LongSupplier nanoTime,
            Duration lease,
            Consumer<SubjectId> forget,
            Runnable forgetAll) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.database = database;
        this.nanoTime = nanoTime;
        this.lease = lease;
        this.forget = forget;
        this.forgetAll = forgetAll;
        this.goodUntil = nanoTime.getAsLong();
        context.runOnContext(onContext -> ask());
    }

    /** Completes when the first question has had its answer, or none. */
    Future<Void> started() {
        return first.future();
    }

    /** Monotonic time until which what is kept may be used. */
    long goodUntil() {
        return goodUntil;
    }

    /** Until when something may be used that is asked for now. */
    long leaseFromNow() {
        return nanoTime.getAsLong() + lease.toNanos();
    }

    /** Changes whenever anything was forgotten: what was read before that must not be kept. */
    long forgotten() {
        return forgotten.get();
    }

    /** Waits until nobody uses what had been shredded when this was called. */
    Future<Void> elsewhereForgotten() {
        // clocks of two machines run apart, by far less than this
        long drift = lease.toMillis() / 20 + 1;
        return vertx.timer(lease.toMillis() + drift).mapEmpty();
    }

    private void ask() {
        long until = leaseFromNow();
        database.query("""
                select c.shreddings, k.subject from vault.shredding_count c
                left join vault.subject_key k on k.shredding > $1""", Tuple.of(seen))
                .onSuccess(rows -> heard(rows, until))
                .onFailure(cause -> {
                    if (!isClosed) {
                        LOG.warn("shreddings not heard cause={}", cause.toString());
                    }
                })
                .onComplete(answered -> context.runOnContext(onContext -> {
                    first.tryComplete();
                    if (!isClosed) {
                        vertx.setTimer(Math.max(1, lease.toMillis() / QUESTIONS_A_LEASE), next -> ask());
                    }
                }));
    }

    private void heard(RowSet<Row> rows, long until) {
        long count = rows.iterator().next().getLong(0);
        if (count < seen) {
            // the first answer, and nobody knows what was shredded before it; or an older state of the key store
            if (seen != UNKNOWN) {
                LOG.warn("key store has lost shreddings, all kept keys forgotten known={} now={}", seen, count);
            }
            forgotten.incrementAndGet();
            forgetAll.run();
        }
        for (Row row : rows) {
            if (row.getUUID(1) != null) {
                forgotten.incrementAndGet();
                forget.accept(new SubjectId(row.getUUID(1)));
            }
        }
        seen = count;
        goodUntil = until;
    }

    void close() {
        isClosed = true;
    }
}
