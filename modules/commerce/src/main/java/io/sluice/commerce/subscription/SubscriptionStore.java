package io.sluice.commerce.subscription;

import io.sluice.commerce.api.Subscription;
import io.sluice.commerce.api.Subscriptions;
import io.sluice.commerce.ordering.OrderReads;
import io.sluice.commerce.ordering.OrderRefusal;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Subscriptions, and what is asked of them. */
final class SubscriptionStore {

    /** So many secrets of one subscription sign side by side. */
    static final int MOST_SECRETS = 3;

    private static final String READ = """
            select s.id, s.url, s.events, s.is_active, s.secrets, s.created_at,
                (select count(*) from commerce.telling where subscription = s.id) as waiting,
                (select count(*) from commerce.untold where subscription = s.id) as parked,
                (select coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'orders', n) order by reason), '[]')
                    from (select reason, count(*) as n from commerce.telling
                        where subscription = s.id and reason is not null group by reason) r) as troubles
            from commerce.subscription s""";

    private final Database database;
    private final SubscriptionSettings settings;
    private final InstantSource clock;

    SubscriptionStore(Database database, SubscriptionSettings settings, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /** What a row says of its subscription; counts are left out by whoever does not ask for them. */
    static Subscription subscription(Row row) {
        boolean isCounted = row.getColumnIndex("waiting") >= 0;
        String[] events = row.getArrayOfStrings("events");
        return new Subscription(
                row.getUUID("id"),
                row.getString("url"),
                events == null ? List.of() : List.of(events),
                row.getBoolean("is_active"),
                Arrays.stream(row.getArrayOfOffsetDateTimes("secrets"))
                        .map(made -> made.toInstant().toEpochMilli())
                        .toList(),
                row.getOffsetDateTime("created_at").toInstant().toEpochMilli(),
                isCounted ? row.getLong("waiting") : 0,
                isCounted ? row.getLong("parked") : 0,
                isCounted ? troubles(row.get(JsonArray.class, "troubles")) : List.of());
    }

    private static List<Subscription.Trouble> troubles(JsonArray counted) {
        List<Subscription.Trouble> troubles = new ArrayList<>(counted.size());
        for (Object each : counted) {
            JsonObject one = (JsonObject) each;
            troubles.add(new Subscription.Trouble(one.getString("reason"), one.getLong("orders")));
        }
        return troubles;
    }

    /** The new subscription, or the one that the same request has made before. It is told of what is committed from now on. */
    Future<Outcome<Subscription>> open(Subscriptions.Open wanted) {
        Subscription one = wanted.wanted();
        String[] events = one.events().isEmpty() ? null : one.events().toArray(String[]::new);
        // the limit is against growing without end: two at once may both find room for the last one
        return database.query(
                        """
                        insert into commerce.subscription (id, url, events, secrets, since, scope, fingerprint, created_at)
                        select $1::uuid, $2::text, $3::text[], array[$4::timestamptz],
                            pg_snapshot_xmin(pg_current_snapshot()), $5::text, $6::text, $4::timestamptz
                        where (select count(*) from commerce.subscription) < $7
                        on conflict (scope) do nothing""",
                        Tuple.of(one.id(), one.url(), events, now(), wanted.scope(), wanted.fingerprint())
                                .addValue(settings.most()))
                .compose(inserted -> database.query(
                        "select id, fingerprint from commerce.subscription where scope = $1", Tuple.of(wanted.scope())))
                .compose(found -> opened(found, wanted));
    }

    private Future<Outcome<Subscription>> opened(RowSet<Row> found, Subscriptions.Open wanted) {
        if (found.size() == 0) {
            return Future.succeededFuture(Outcome.refused(SubscriptionRefusal.TOO_MANY));
        }
        Row row = found.iterator().next();
        return row.getString("fingerprint").equals(wanted.fingerprint())
                ? find(row.getUUID("id"))
                : Future.succeededFuture(Outcome.refused(OrderRefusal.KEY_REUSED));
    }

    Future<Outcome<Subscription>> find(UUID id) {
        return database.query(READ + " where s.id = $1", Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? Outcome.refused(SubscriptionRefusal.NOT_FOUND)
                        : Outcome.done(subscription(rows.iterator().next())));
    }

    /** Those before the cursor, newest first, and one more than the page holds. */
    Future<List<Subscription>> list(@Nullable UUID before, int limit) {
        return database.query(
                        READ + " where s.id < $1 order by s.id desc limit $2",
                        Tuple.of(before == null ? OrderReads.LAST : before, limit + 1))
                .map(rows -> {
                    List<Subscription> all = new ArrayList<>(rows.size());
                    rows.forEach(row -> all.add(subscription(row)));
                    return all;
                });
    }

    Future<Outcome<Parcel>> close(UUID id) {
        return database.query("delete from commerce.subscription where id = $1", Tuple.of(id))
                .map(rows -> rows.rowCount() == 0
                        ? Outcome.refused(SubscriptionRefusal.NOT_FOUND)
                        : Outcome.done(Parcel.plain()));
    }

    /** One more secret; refused while as many sign as may, so that none is pushed out before its time. */
    Future<Outcome<Subscription>> rotate(UUID id) {
        return database.query("""
                        update commerce.subscription set secrets = secrets || $2::timestamptz
                        where id = $1 and (select count(*) from unnest(secrets) with ordinality as made (at, n)
                            where n > 1 and at > $3) < $4""", Tuple.of(id, now(), now().minus(settings.overlap()), MOST_SECRETS - 1))
                .compose(rotated -> rotated.rowCount() == 1 ? find(id) : notRotated(id));
    }

    private Future<Outcome<Subscription>> notRotated(UUID id) {
        return find(id).map(found -> switch (found) {
            case Outcome.Done<Subscription> there -> Outcome.refused(SubscriptionRefusal.ROTATED_TOO_OFTEN);
            case Outcome.Refused<Subscription> none -> none;
        });
    }

    /** Whatever waits is due at once, as if it had not been tried. */
    Future<Outcome<Subscription>> enable(UUID id) {
        return database.query("""
                        with enabled as (update commerce.subscription set is_active = true where id = $1 returning id)
                        update commerce.telling t set due_at = $2, tries = 0, holds = 0, reason = null
                        from enabled where t.subscription = enabled.id""", Tuple.of(id, now())).compose(enabled -> find(id));
    }

    /** Tells again: what is parked, and all that came after it; or an order's events after a number. */
    Future<Outcome<Subscription>> replay(Subscriptions.Replay wanted) {
        UUID id = wanted.subscription();
        UUID order = wanted.orderId();
        return find(id).compose(found -> switch (found) {
            case Outcome.Refused<Subscription> none -> Future.succeededFuture(none);
            case Outcome.Done<Subscription> there ->
                order == null
                        ? replayed(PARKED, Tuple.of(id, now())).compose(done -> find(id))
                        : replayed(
                                        ONE_ORDER,
                                        Tuple.of(
                                                id,
                                                now(),
                                                order,
                                                Long.valueOf(wanted.after() == null ? "0" : wanted.after())))
                                .compose(rows -> rows.rowCount() == 0
                                        ? Future.succeededFuture(Outcome.refused(OrderRefusal.NOT_FOUND))
                                        : find(id));
        });
    }

    private static final String AGAIN = """
            insert into commerce.telling as t (subscription, order_id, told, upto, pending_since, due_at)
            select s.id, a.order_id, a.after, a.upto, $2::timestamptz, $2::timestamptz
            from again a join commerce.subscription s on s.id = $1 order by a.order_id
            on conflict (subscription, order_id) do update set told = least(t.told, excluded.told),
                upto = greatest(t.upto, excluded.upto), tries = 0, holds = 0, reason = null, due_at = excluded.due_at""";

    private static final String PARKED = """
            with parked as (delete from commerce.untold where subscription = $1 returning order_id, sequence),
            again as (
                select order_id, min(sequence) - 1 as after, max(sequence) as upto from parked group by order_id)
            """ + AGAIN;

    private static final String ONE_ORDER = """
            with parked as (
                delete from commerce.untold where subscription = $1 and order_id = $3 and sequence > $4),
            again as (
                select order_id, $4::bigint as after, max(sequence) as upto from commerce.order_event
                where order_id = $3 group by order_id)
            """ + AGAIN;

    private Future<RowSet<Row>> replayed(String sql, Tuple arguments) {
        return database.query(sql, arguments);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
