package io.sluice.storage;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Rider;
import io.sluice.storage.GroupCommit.Pending;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection and at most one transaction in flight. */
final class Lane<I, R> {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int TRIES_WITHOUT_SERVER = 5;
    private static final int TRIES_WITH_SILENT_SERVER = 2;
    private static final int MAX_LATE = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final Vertx vertx;
    private final Database database;
    private final String name;
    private final Batch<I, R> batch;
    private final List<RiderTable> riderTables;
    private final DistributionSummary sizes;
    private final MeterRegistry meters;
    private @Nullable Future<SqlConnection> connection;
    private boolean isSilent;
    private int late;
    /** A try of this run was lost: whatever is said later, it may have been committed. */
    private boolean wasLost;

    Lane(
            Vertx vertx,
            Database database,
            String name,
            Batch<I, R> batch,
            List<RiderTable> riderTables,
            MeterRegistry meters) {
        this.vertx = vertx;
        this.database = database;
        this.name = name;
        this.batch = batch;
        this.riderTables = riderTables;
        this.meters = meters;
        this.sizes = DistributionSummary.builder("sluice.storage.batch")
                .tag("lane", name)
                .register(meters);
    }

    /** How one try at a transaction ended. */
    private sealed interface Ended<R> {
        record Committed<R>(List<R> answers) implements Ended<R> {}

        record RolledBack<R>(Throwable cause) implements Ended<R> {}

        /** The connection is gone; if COMMIT was under way, nobody knows. */
        record Lost<R>() implements Ended<R> {}
    }

    /** Succeeds once every item has its answer or its failure. */
    Future<Void> run(List<Pending<I, R>> items) {
        sizes.record(items.size());
        late = 0;
        wasLost = false;
        return attempt(items, true, 1);
    }

    private Future<Void> attempt(List<Pending<I, R>> items, boolean isFirst, int tries) {
        isSilent = false;
        return connected()
                .compose(ready -> inTime(ready, items))
                .recover(cause ->
                        Future.succeededFuture(ended(cause))) // a connection that cannot be had is one more loss
                .compose(ended -> switch (ended) {
                    case Ended.Committed<R> committed -> {
                        answer(items, committed.answers());
                        yield Future.succeededFuture();
                    }
                    case Ended.RolledBack<R> rolledBack -> again(items, isFirst, rolledBack.cause());
                    case Ended.Lost<R> lost -> afterLoss(items, isFirst, tries);
                });
    }

    private Ended<R> ended(Throwable cause) {
        return DatabaseUnavailable.means(cause) ? new Ended.Lost<>() : new Ended.RolledBack<>(cause);
    }

    /** On a connection that is well: only the server's word means that the server is not, whatever else a batch may throw. */
    private Ended<R> refused(Throwable cause) {
        return cause instanceof PgException ? ended(cause) : new Ended.RolledBack<>(cause);
    }

    /** One that takes too long to be made is waited for again by the next try, rather than another one begun beside it. */
    private Future<SqlConnection> connected() {
        Future<SqlConnection> current = connection;
        if (current == null) {
            Future<SqlConnection> made = database.connect();
            connection = made;
            made.onSuccess(open -> open.closeHandler(closed -> forget(made))).onFailure(cause -> forget(made));
            current = made;
        }
        return current.timeout(database.settings().timeouts().connect().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> isSilent = cause instanceof TimeoutException);
    }

    private void forget(Future<SqlConnection> gone) {
        if (connection == gone) {
            drop();
        }
    }

    /** No word on this connection can be trusted any more; one that is still being made has not said any. */
    private void drop() {
        Future<SqlConnection> dropped = connection;
        if (dropped != null && dropped.isComplete()) {
            connection = null;
            dropped.onSuccess(Connections::cut);
        }
    }

    /** A server that lets the time pass is hung up on: then all that waits for it fails, as if the line had broken. */
    private Future<Ended<R>> inTime(SqlConnection tx, List<Pending<I, R>> items) {
        long alarm = vertx.setTimer(database.settings().timeouts().answer().toMillis(), over -> {
            LOG.warn("server silent, connection cut lane={} items={}", name, items.size());
            isSilent = true;
            Connections.cut(tx);
        });
        return transaction(tx, items).onComplete(ended -> vertx.cancelTimer(alarm));
    }

    private Future<Ended<R>> transaction(SqlConnection tx, List<Pending<I, R>> items) {
        // not awaited: what follows is pipelined behind it, and fails if it fails
        Future<?> begun = tx.query("begin").execute();
        return prepare(tx, items.stream().map(Pending::item).toList())
                .transform(prepared -> prepared.succeeded()
                        ? write(tx, items, begun, prepared.result())
                        : tx.query("rollback")
                                .execute()
                                .transform(rolledBack -> Future.succeededFuture(
                                        rolledBack.failed() ? new Ended.Lost<>() : refused(prepared.cause()))));
    }

    private Future<Batch.Plan<R>> prepare(SqlConnection tx, List<I> items) {
        try {
            return batch.prepare(tx, items);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    private Future<Ended<R>> write(SqlConnection tx, List<Pending<I, R>> items, Future<?> begun, Batch.Plan<R> plan) {
        List<Future<?>> writes = new ArrayList<>();
        writes.add(begun);
        List<RiderTable.Riding> ridings = new ArrayList<>();
        try {
            writes.addAll(plan.write(tx));
            ride(tx, items, ridings);
        } catch (RuntimeException thrown) {
            writes.add(Future.failedFuture(thrown));
        }
        ridings.forEach(riding -> writes.add(riding.written()));
        boolean isDoomed = writes.stream().anyMatch(Future::failed);
        // issued right behind: after a failed statement the server makes a rollback of it, which the failed write tells
        Future<?> end = tx.query(isDoomed ? "rollback" : "commit").execute();
        return Future.join(writes)
                .transform(written -> end.transform(ended -> {
                    if (ended.failed()) {
                        ridings.forEach(RiderTable.Riding::unknown);
                        return Future.succeededFuture(new Ended.Lost<>());
                    }
                    if (written.failed()) {
                        // the server does not know of a write that never left here, and has committed all the others
                        boolean isRolledBack =
                                isDoomed || writes.stream().anyMatch(write -> write.cause() instanceof PgException);
                        ridings.forEach(isRolledBack ? RiderTable.Riding::rolledBack : RiderTable.Riding::unknown);
                        return Future.succeededFuture(refused(written.cause()));
                    }
                    ridings.forEach(RiderTable.Riding::committed);
                    return Future.succeededFuture(new Ended.Committed<>(plan.answers()));
                }));
    }

    private void ride(SqlConnection tx, List<Pending<I, R>> items, List<RiderTable.Riding> ridings) {
        List<Rider> riders = items.stream()
                .flatMap(item -> item.riders().stream())
                .filter(rider -> !rider.isCommitted())
                .toList();
        int placed = 0;
        for (RiderTable table : riderTables) {
            List<Rider> own = riders.stream().filter(table::accepts).toList();
            placed += own.size();
            if (!own.isEmpty()) {
                ridings.add(table.write(tx, name, own));
            }
        }
        if (placed != riders.size()) {
            throw new IllegalStateException("a rider that belongs to no table, or to two");
        }
    }

    private void answer(List<Pending<I, R>> items, List<R> answers) {
        if (answers.size() != items.size()) {
            throw new IllegalStateException(answers.size() + " answers for " + items.size() + " items");
        }
        for (int i = 0; i < items.size(); i++) {
            items.get(i).answer().complete(answers.get(i));
        }
    }

    private Future<Void> again(List<Pending<I, R>> items, boolean isFirst, Throwable cause) {
        meters.counter("sluice.storage.retries", "lane", name).increment();
        boolean isLate = DatabaseUnavailable.isLate(cause);
        boolean isSuperseded = Superseded.means(cause);
        if (isFirst && !isLate && !isSuperseded) {
            LOG.info(
                    "batch rolled back lane={} items={} cause={}",
                    name,
                    items.size(),
                    cause.getClass().getSimpleName());
            return attempt(items, false, 1);
        }
        if (items.size() == 1) {
            late += isLate ? 1 : 0;
            items.getFirst()
                    .answer()
                    .fail(
                            isLate || isSuperseded && wasLost
                                    ? new DatabaseUnavailable()
                                    : isSuperseded ? new Superseded() : cause);
            return Future.succeededFuture();
        }
        return oneByOne(items);
    }

    /** One that waits for what somebody else holds fails alone; where they all do, not each is waited for. */
    private Future<Void> oneByOne(List<Pending<I, R>> items) {
        Future<Void> chain = Future.succeededFuture();
        for (Pending<I, R> item : items) {
            chain = chain.compose(before -> {
                if (late < MAX_LATE) {
                    return attempt(List.of(item), false, 1);
                }
                item.answer().fail(new DatabaseUnavailable());
                return Future.succeededFuture();
            });
        }
        return chain;
    }

    private Future<Void> afterLoss(List<Pending<I, R>> items, boolean isFirst, int tries) {
        drop();
        wasLost = true;
        meters.counter("sluice.storage.losses", "lane", name).increment();
        // one more try tells what became of a transaction; a server that is only slow to refuse costs that time at each
        int triesAllowed = isSilent ? TRIES_WITH_SILENT_SERVER : TRIES_WITHOUT_SERVER;
        if (tries >= triesAllowed) {
            LOG.warn("server away lane={} items={} tries={}", name, items.size(), tries);
            late = MAX_LATE;
            items.forEach(item -> item.answer().fail(new DatabaseUnavailable()));
            return Future.succeededFuture();
        }
        long pause = FIRST_PAUSE.toMillis() << (tries - 1);
        return vertx.timer(pause, TimeUnit.MILLISECONDS).compose(waited -> attempt(items, isFirst, tries + 1));
    }

    /** To be called when no transaction is under way. */
    Future<Void> close() {
        Future<SqlConnection> last = connection;
        connection = null;
        if (last == null || last.failed()) {
            return Future.succeededFuture();
        }
        if (!last.isComplete()) {
            last.onSuccess(Connections::cut);
            return Future.succeededFuture();
        }
        return Connections.close(last.result(), database.settings().timeouts().connect());
    }
}
