package io.sluice.storage;

import io.sluice.kernel.Unavailable;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Reads single rows in groups: keys asked for while a query is in flight are asked for together in the next one. The same key
 * asked for twice is read once, and a row that cannot be read fails alone.
 */
public final class GroupRead<K, V> {

    // longer than a database that is as it should be takes to say that it is not available
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A key and all who wait for its row. */
    private record Asked<K, V>(K key, List<Promise<Optional<V>>> answers) {}

    private final Context context;
    private final String name;
    private final int maxBatch;
    private final int maxWaiting;
    private final int maxInFlight;
    private final Duration patience;
    private final Function<List<K>, Future<Map<K, V>>> query;
    private final Map<K, List<Promise<Optional<V>>>> waiting = new LinkedHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private int inFlight;

    /** @param query reads many keys with one statement; a key without a row is not in its answer */
    public GroupRead(
            Vertx vertx,
            String name,
            int maxInFlight,
            int maxBatch,
            int maxWaiting,
            Function<List<K>, Future<Map<K, V>>> query) {
        this(vertx, name, maxInFlight, maxBatch, maxWaiting, PATIENCE, query);
    }

    GroupRead(
            Vertx vertx,
            String name,
            int maxInFlight,
            int maxBatch,
            int maxWaiting,
            Duration patience,
            Function<List<K>, Future<Map<K, V>>> query) {
        this.context = vertx.getOrCreateContext();
        this.name = name;
        this.maxInFlight = maxInFlight;
        this.maxBatch = maxBatch;
        this.maxWaiting = maxWaiting;
        this.patience = patience;
        this.query = query;
    }

    /** The key's row as it stood after this call; empty if there is none. Fails with {@link Unavailable} if it takes too long. */
    public Future<Optional<V>> get(K key) {
        if (asked.incrementAndGet() > maxWaiting) {
            asked.decrementAndGet();
            return Future.failedFuture(new Unavailable(name + " queue"));
        }
        Promise<Optional<V>> answer = Promise.promise();
        context.runOnContext(onContext -> {
            waiting.computeIfAbsent(key, first -> new ArrayList<>(1)).add(answer);
            pump();
        });
        return Contexts.backTo(answer.future());
    }

    private void pump() {
        while (inFlight < maxInFlight && !waiting.isEmpty()) {
            List<Asked<K, V>> batch = new ArrayList<>();
            var iterator = waiting.entrySet().iterator();
            while (iterator.hasNext() && batch.size() < maxBatch) {
                var entry = iterator.next();
                batch.add(new Asked<>(entry.getKey(), entry.getValue()));
                iterator.remove();
            }
            inFlight++;
            serve(batch)
                    .onComplete(served -> context.runOnContext(onContext -> {
                        inFlight--;
                        pump();
                    }));
        }
    }

    /** A row that cannot be read fails whoever asked for it, and nobody beside: halving finds it. */
    private Future<Void> serve(List<Asked<K, V>> batch) {
        return read(batch.stream().map(Asked::key).toList()).transform(rows -> {
            if (rows.failed() && batch.size() > 1 && mayBeOneRow(rows.cause())) {
                int half = batch.size() / 2;
                return serve(batch.subList(0, half)).compose(first -> serve(batch.subList(half, batch.size())));
            }
            batch.forEach(one -> answer(one, rows));
            return Future.succeededFuture();
        });
    }

    /** Of what the server says, only an exception in the data is about rows; the rest would be said of any. */
    private static boolean mayBeOneRow(Throwable cause) {
        return switch (cause) {
            case Unavailable away -> false;
            case PgException refused -> String.valueOf(refused.getSqlState()).startsWith("22");
            default -> true;
        };
    }

    private void answer(Asked<K, V> one, AsyncResult<Map<K, V>> rows) {
        for (Promise<Optional<V>> promise : one.answers()) {
            asked.decrementAndGet();
            if (rows.succeeded()) {
                promise.complete(Optional.ofNullable(rows.result().get(one.key())));
            } else {
                promise.fail(rows.cause());
            }
        }
    }

    /** A query that does not end would keep its place in flight for ever: it is given up. */
    private Future<Map<K, V>> read(List<K> keys) {
        return queried(keys)
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(
                        cause instanceof TimeoutException ? new Unavailable(name + " query") : cause));
    }

    private Future<Map<K, V>> queried(List<K> keys) {
        try {
            return query.apply(keys);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }
}
