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
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partners' callbacks, durable before they are answered. A callback's catalogued slots are stored and nothing else of it; the
 * same event of the same partner about the same topic is stored once.
 */
public final class Inbox {

    /** How long whoever stored a callback has to settle it before anybody may. */
    private static final Duration FIRST_CLAIM = Duration.ofSeconds(5);

    /** So often a callback is tried before it is parked; what it is about is looked up with the partner all the same. */
    static final int MAX_ATTEMPTS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private static final Comparator<Entry> BY_KEY = Comparator.comparing((Entry entry) -> entry.topic())
            .thenComparing(entry -> entry.callback().partner())
            .thenComparing(entry -> entry.callback().eventId());

    /** @param topic the address at which it came */
    record Entry(String topic, Callback callback) {
        OrderChange.CallbackKey key() {
            return new OrderChange.CallbackKey(topic, callback.partner(), callback.eventId());
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

    /**
     * Stores a callback; completes once it is durable. Whether it is to be settled: it is new, or it came before and moved nothing, which
     * may be otherwise by now. One that is being settled is left to whoever does.
     */
    Future<Boolean> store(Entry entry) {
        return commit.submit(entry, List.of());
    }

    public Future<Void> close() {
        return commit.close();
    }

    private static final class Insertions implements Batch.Plan<Boolean> {

        private final List<Entry> entries;
        private final Set<OrderChange.CallbackKey> open = new HashSet<>();

        Insertions(List<Entry> entries) {
            this.entries = entries;
        }

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
                            on conflict (topic, partner, event_id) do update
                                set body = excluded.body, received_at = excluded.received_at, due_at = excluded.due_at,
                                    attempts = 0, processed_at = null, verdict = null
                                where inbox.processed_at is not null and inbox.verdict <> 'done'
                            returning topic, partner, event_id""")
                    .execute(Tuple.of(
                            rows.stream()
                                    .map(entry -> entry.callback().partner())
                                    .toArray(String[]::new),
                            rows.stream()
                                    .map(entry -> entry.callback().eventId())
                                    .toArray(String[]::new),
                            rows.stream().map(Entry::topic).toArray(String[]::new),
                            rows.stream().map(entry -> body(entry.callback())).toArray(JsonObject[]::new),
                            FIRST_CLAIM.toMillis()))
                    .onSuccess(found -> found.forEach(row -> open.add(key(row)))));
        }

        @Override
        public List<Boolean> answers() {
            // of two in one group the first one counts
            return entries.stream().map(entry -> open.remove(entry.key())).toList();
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
                        from (select topic, partner, event_id from commerce.inbox
                              where processed_at is null and due_at <= now()
                              order by due_at limit $1 for update skip locked) d
                        where i.topic = d.topic and i.partner = d.partner and i.event_id = d.event_id
                        returning i.topic, i.partner, i.event_id, i.body, i.attempts""", Tuple.of(limit, claim.toMillis())).map(rows -> {
            List<Entry> entries = new ArrayList<>(rows.size());
            List<OrderChange.CallbackKey> hopeless = new ArrayList<>();
            for (Row row : rows) {
                OrderChange.CallbackKey key = key(row);
                if (row.getInteger(4) > MAX_ATTEMPTS) {
                    hopeless.add(key);
                    continue;
                }
                try {
                    entries.add(new Entry(key.topic(), callback(key, row.get(JsonObject.class, 3))));
                } catch (RuntimeException unreadable) {
                    LOG.error(
                            "callback unreadable topic={} partner={} event={}",
                            key.topic(),
                            key.partner(),
                            key.eventId(),
                            unreadable);
                    hopeless.add(key);
                }
            }
            return new Leftovers(entries, hopeless);
        });
    }

    /** Settles a callback that changes nothing, or that nothing can be made of. */
    Future<Void> park(OrderChange.CallbackKey key, String verdict) {
        return database.query("""
                        update commerce.inbox set processed_at = now(), verdict = $4
                        where topic = $1 and partner = $2 and event_id = $3 and processed_at is null""", Tuple.of(key.topic(), key.partner(), key.eventId(), verdict))
                .mapEmpty();
    }

    /** What a partner's own name stands for; empty if for nothing yet. */
    Future<Optional<UUID>> find(String topic, Set<String> partners, String reference) {
        return PartnerReferences.find(database, topic, partners, reference);
    }

    /**
     * Lets a callback wait whose operation or parcel is not known yet, for as long again as it has waited, at most an hour. That is no
     * failed attempt. False if it has waited for a day, and must be parked.
     */
    Future<Boolean> defer(OrderChange.CallbackKey key) {
        return database.query("""
                        update commerce.inbox set attempts = 0,
                            due_at = now() + greatest($4::bigint * interval '1 ms',
                                least(interval '1 hour', now() - received_at))
                        where topic = $1 and partner = $2 and event_id = $3 and processed_at is null
                            and received_at > now() - interval '1 day'""", Tuple.of(key.topic(), key.partner(), key.eventId(), FIRST_CLAIM.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    private static OrderChange.CallbackKey key(Row row) {
        return new OrderChange.CallbackKey(row.getString(0), row.getString(1), row.getString(2));
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
