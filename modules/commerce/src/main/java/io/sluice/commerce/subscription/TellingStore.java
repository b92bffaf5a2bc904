package io.sluice.commerce.subscription;

import io.sluice.commerce.api.OrderHappening;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Leases what is to be told, and keeps what came of it. Leases go by the database's time, the schedule by the clock. Whoever has lost
 * its hold changes nothing.
 */
final class TellingStore {

    private static final String HELD = " where subscription = $1 and order_id = $2 and fence = $3";

    private final Database database;
    private final InstantSource clock;

    TellingStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** An order about which there is nothing left to tell, as it was leased. */
    record Over(Telling.Hold hold, long told, long upto) {}

    /** What came of a leasing. */
    record Leased(List<Telling> tellings, List<Over> over) {
        Leased {
            tellings = List.copyOf(tellings);
            over = List.copyOf(over);
        }

        int size() {
            return tellings.size() + over.size();
        }
    }

    /** How much is to be told, and how long the oldest of it has been waiting. */
    record Backlog(long waiting, long parked, Duration oldest) {}

    /**
     * Leases up to so many orders of which something is due, those that have been due for longest first.
     *
     * @param share how many one subscription may have under way, so that a receiver that hangs does not keep the others waiting
     * @param underWay how many each has by now
     */
    Future<Leased> lease(int limit, int share, Map<UUID, Integer> underWay, Duration lease) {
        List<Map.Entry<UUID, Integer>> all = List.copyOf(underWay.entrySet());
        UUID[] busy = all.stream().map(Map.Entry::getKey).toArray(UUID[]::new);
        Integer[] counts = all.stream().map(Map.Entry::getValue).toArray(Integer[]::new);
        return database.query("""
                        with due as (
                            select d.subscription, d.order_id from commerce.subscription s
                            left join unnest($4::uuid[], $5::int[]) as busy (subscription, n) on busy.subscription = s.id
                            cross join lateral (
                                select t.subscription, t.order_id, t.due_at from commerce.telling t
                                where t.subscription = s.id and t.due_at <= $1
                                    and (t.lease_until is null or t.lease_until < now())
                                order by t.due_at limit greatest($6::int - coalesce(busy.n, 0), 0)
                                for update skip locked) d
                            where s.is_active order by d.due_at limit $2),
                        taken as (
                            update commerce.telling t set fence = t.fence + 1,
                                lease_until = now() + $3::bigint * interval '1 ms'
                            from due where t.subscription = due.subscription and t.order_id = due.order_id
                            returning t.*)
                        select s.id, s.url, s.events, s.is_active, s.secrets, s.created_at,
                            t.order_id, t.fence, t.told, t.upto, t.tries, t.holds,
                            e.sequence, e.kind, e.state, e.at,
                            o.buyer, (o.document ->> 'total')::bigint as total, o.document ->> 'currency' as currency
                        from taken t join commerce.subscription s on s.id = t.subscription
                        left join commerce.orders o on o.id = t.order_id
                        left join lateral (
                            select sequence, kind, state, at from commerce.order_event
                            where order_id = t.order_id and sequence > t.told and sequence <= t.upto
                                and (s.events is null or kind = any (s.events))
                            order by sequence limit 1) e on true""", Tuple.of(now(), limit, lease.toMillis(), busy, counts, share))
                .map(rows -> {
                    List<Telling> tellings = new ArrayList<>(rows.size());
                    List<Over> over = new ArrayList<>();
                    for (Row row : rows) {
                        Telling.Hold hold =
                                new Telling.Hold(row.getUUID("id"), row.getUUID("order_id"), row.getLong("fence"));
                        if (row.getLong("sequence") == null || row.getUUID("buyer") == null) {
                            over.add(new Over(hold, row.getLong("told"), row.getLong("upto")));
                        } else {
                            tellings.add(telling(hold, row));
                        }
                    }
                    return new Leased(tellings, over);
                });
    }

    private static Telling telling(Telling.Hold hold, Row row) {
        OrderHappening event = new OrderHappening(
                row.getLong("sequence"),
                row.getString("kind"),
                row.getString("state"),
                row.getOffsetDateTime("at").toInstant().toEpochMilli());
        return new Telling(
                hold,
                row.getLong("told"),
                row.getInteger("tries"),
                row.getInteger("holds"),
                SubscriptionStore.subscription(row),
                new Telling.Content(
                        new SubjectId(row.getUUID("buyer")), event, row.getLong("total"), row.getString("currency")));
    }

    /**
     * It has arrived: the order's next event is due. What was noted meanwhile stays to be told, and an order that was sent back to an
     * earlier event meanwhile stays there.
     */
    Future<Void> told(Telling telling) {
        return database.query("""
                        with held as (
                            select told, upto from commerce.telling
                            where subscription = $1 and order_id = $2 and fence = $3 for update),
                        gone as (
                            delete from commerce.telling t using held
                            where t.subscription = $1 and t.order_id = $2 and held.told >= $4 and held.upto <= $5)
                        update commerce.telling t set lease_until = null, tries = 0, holds = 0, reason = null,
                            due_at = $6, pending_since = $6,
                            told = case when held.told < $4 then held.told else $5 end
                        from held where t.subscription = $1 and t.order_id = $2 and (held.told < $4 or held.upto > $5)""", key(telling.hold(), telling.told(), telling.sequence(), now()))
                .mapEmpty();
    }

    /** There is nothing left to tell, unless something has been noted since. */
    Future<Void> over(Over over) {
        return database.query(
                        "delete from commerce.telling" + HELD + " and told = $4 and upto = $5",
                        key(over.hold(), over.told(), over.upto()))
                .mapEmpty();
    }

    /** It did not arrive, and is tried again after the pause. */
    Future<Void> tried(Telling telling, String reason, Duration pause) {
        return database.query(
                        "update commerce.telling set lease_until = null, tries = tries + 1, holds = 0, reason = $4,"
                                + " due_at = $5" + HELD,
                        key(telling.hold(), reason, after(pause)))
                .mapEmpty();
    }

    /** It is not permitted at present, which is no try, and is asked about again after the pause. */
    Future<Void> held(Telling telling, String reason, Duration pause) {
        return database.query(
                        "update commerce.telling set lease_until = null, holds = holds + 1, reason = $4, due_at = $5"
                                + HELD,
                        key(telling.hold(), reason, after(pause)))
                .mapEmpty();
    }

    /** Nothing was tried, for a reason that is soon over. */
    Future<Void> putOff(Telling telling, Duration pause) {
        return database.query(
                        "update commerce.telling set lease_until = null, due_at = $4" + HELD,
                        key(telling.hold(), after(pause)))
                .mapEmpty();
    }

    /** All tries were in vain: it is kept apart, and the order's next event is due. */
    Future<Void> parked(Telling telling, String reason) {
        return database.query("""
                        insert into commerce.untold (subscription, order_id, sequence, reason, parked_at)
                        select $1::uuid, $2::uuid, $4::bigint, $5::text, $6::timestamptz where exists (
                            select from commerce.telling where subscription = $1 and order_id = $2 and fence = $3)
                        on conflict (subscription, order_id, sequence) do update set reason = excluded.reason,
                            parked_at = excluded.parked_at""", key(telling.hold(), telling.sequence(), reason, now()))
                .compose(kept -> told(telling));
    }

    /** The receiver is gone: nothing is leased of its subscription until somebody enables it. */
    Future<Void> gone(Telling telling, String reason) {
        return database.query("""
                        -- the subscription before its order, as whoever enables it does: so neither waits for the other in a circle
                        with disabled as (
                            update commerce.subscription set is_active = false where id = $1 and exists (
                                select from commerce.telling where subscription = $1 and order_id = $2 and fence = $3)
                            returning id)
                        update commerce.telling t set lease_until = null, reason = $4
                        from disabled where t.subscription = disabled.id and t.order_id = $2 and t.fence = $3""", key(telling.hold(), reason)).mapEmpty();
    }

    Future<Backlog> backlog() {
        return database.query(
                        "select count(*), min(pending_since), (select count(*) from commerce.untold) from commerce.telling",
                        Tuple.tuple())
                .map(rows -> {
                    Row row = rows.iterator().next();
                    OffsetDateTime oldest = row.getOffsetDateTime(1);
                    return new Backlog(
                            row.getLong(0),
                            row.getLong(2),
                            oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), clock.instant()));
                });
    }

    private static Tuple key(Telling.Hold hold, Object... more) {
        Tuple key = Tuple.of(hold.subscription(), hold.order(), hold.fence());
        for (Object each : more) {
            key.addValue(each);
        }
        return key;
    }

    private OffsetDateTime after(Duration pause) {
        Instant due = clock.instant().plus(pause);
        return due.atOffset(ZoneOffset.UTC);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
