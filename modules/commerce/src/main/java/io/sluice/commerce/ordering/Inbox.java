package io.sluice.commerce.ordering;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.api.Callbacks.Callback;
import io.sluice.storage.Batch;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partners' callbacks, durable before they are answered. A callback's catalogued slots are stored and nothing else of it; the
 * same event of the same partner is stored once.
 */
public final class Inbox {

    /** How long whoever stored a callback has to settle it before anybody may. */
    private static final Duration FIRST_CLAIM = Duration.ofSeconds(5);

    /** So often a callback is tried before it is parked; what it is about is looked up with the partner all the same. */
    static final int MAX_ATTEMPTS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private static final Comparator<Entry> BY_KEY = Comparator.comparing(
                    (Entry entry) -> entry.callback().partner())
            .thenComparing(entry -> entry.callback().eventId());

    /** @param topic the address at which it came */
    record Entry(String topic, Callback callback) {
        OrderChange.CallbackKey key() {
            return new OrderChange.CallbackKey(callback.partner(), callback.eventId());
        }
    }

    private final Database database;
    private final GroupCommit<Entry, Boolean> commit;

    public Inbox(Vertx vertx, Database database, GroupCommit.Limits limits, MeterRegistry meters) {
        this.database = database;
        this.commit = new GroupCommit<>(
                vertx,
                database,
                "inbox",
                limits,
                (transaction, entries) -> Future.succeededFuture(new Insertions(entries)),
                List.of(),
                meters);
    }

    /** Stores a callback; completes once it is durable, whether it was new or not. */
    Future<Void> store(Entry entry) {
        return commit.submit(entry, List.of()).mapEmpty();
    }

    public Future<Void> close() {
        return commit.close();
    }

    private record Insertions(List<Entry> entries) implements Batch.Plan<Boolean> {

        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            Map<OrderChange.CallbackKey, Entry> distinct = new LinkedHashMap<>();
            entries.forEach(entry -> distinct.putIfAbsent(entry.key(), entry));
            // in key order, so that two groups which hold the same callbacks do not wait for each other
            List<Entry> rows = distinct.values().stream().sorted(BY_KEY).toList();
            return List.of(transaction
                    .preparedQuery("""
                            insert into commerce.inbox (partner, event_id, topic, body, received_at, due_at)
                            select p, e, t, b, now(), now() + $5::bigint * interval '1 ms'
                            from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) as u (p, e, t, b)
                            on conflict do nothing""")
                    .execute(Tuple.of(
                            rows.stream()
                                    .map(entry -> entry.callback().partner())
                                    .toArray(String[]::new),
                            rows.stream()
                                    .map(entry -> entry.callback().eventId())
                                    .toArray(String[]::new),
                            rows.stream().map(Entry::topic).toArray(String[]::new),
                            rows.stream().map(entry -> body(entry.callback())).toArray(JsonObject[]::new),
                            FIRST_CLAIM.toMillis())));
        }

        @Override
        public List<Boolean> answers() {
            return Collections.nCopies(entries.size(), true);
        }
    }

    /**
     * What nobody has settled in time.
     *
     * @param entries to be settled by whoever claimed them
     * @param hopeless cannot be read, or have failed too often; to be parked
     */
    record Leftovers(List<Entry> entries, List<OrderChange.CallbackKey> hopeless) {}

    /** Claims up to so many callbacks that nobody has settled in time. */
    Future<Leftovers> leftovers(int limit, Duration claim) {
        return database.query("""
                        update commerce.inbox i set attempts = attempts + 1,
                            due_at = now() + $2::bigint * interval '1 ms'
                        from (select partner, event_id from commerce.inbox
                              where processed_at is null and due_at <= now()
                              order by due_at limit $1 for update skip locked) d
                        where i.partner = d.partner and i.event_id = d.event_id
                        returning i.partner, i.event_id, i.topic, i.body, i.attempts""", Tuple.of(limit, claim.toMillis())).map(rows -> {
            List<Entry> entries = new ArrayList<>(rows.size());
            List<OrderChange.CallbackKey> hopeless = new ArrayList<>();
            for (Row row : rows) {
                OrderChange.CallbackKey key = new OrderChange.CallbackKey(row.getString(0), row.getString(1));
                if (row.getInteger(4) > MAX_ATTEMPTS) {
                    hopeless.add(key);
                    continue;
                }
                try {
                    entries.add(new Entry(row.getString(2), callback(key, row.get(JsonObject.class, 3))));
                } catch (RuntimeException unreadable) {
                    LOG.error("callback unreadable partner={} event={}", key.partner(), key.eventId(), unreadable);
                    hopeless.add(key);
                }
            }
            return new Leftovers(entries, hopeless);
        });
    }

    /** Settles a callback that changes nothing, or that nothing can be made of. */
    Future<Void> park(OrderChange.CallbackKey key, String verdict) {
        return database.query("""
                        update commerce.inbox set processed_at = now(), verdict = $3
                        where partner = $1 and event_id = $2 and processed_at is null""", Tuple.of(key.partner(), key.eventId(), verdict))
                .mapEmpty();
    }

    private static JsonObject body(Callback callback) {
        JsonObject body = new JsonObject().put("kind", callback.kind());
        UUID operation = callback.operationId();
        put(body, "operation_id", operation == null ? null : operation.toString());
        put(body, "reference", callback.reference());
        put(body, "status", callback.status());
        put(body, "amount", callback.amount());
        put(body, "currency", callback.currency());
        put(body, "tracking_number", callback.trackingNumber());
        put(body, "reason", callback.reason());
        return body;
    }

    private static void put(JsonObject body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static Callback callback(OrderChange.CallbackKey key, JsonObject body) {
        String operation = body.getString("operation_id");
        return new Callback(
                key.partner(),
                key.eventId(),
                body.getString("kind"),
                operation == null ? null : UUID.fromString(operation),
                body.getString("reference"),
                body.getString("status"),
                body.getLong("amount"),
                body.getString("currency"),
                body.getString("tracking_number"),
                body.getString("reason"));
    }
}
