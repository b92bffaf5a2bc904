package io.sluice.commerce.subscription;

import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * Finds what has happened to orders and notes whom it is to be told. One node does so at a time, and nobody waits for it.
 *
 * <p>Events are read by the transaction that wrote them, up to the oldest one that is still under way: whatever is older has ended,
 * so what is there is committed, and nothing can turn up behind the position any more. Two transactions may have written to one
 * order in another order than they began; then its row goes back to the earlier event.
 *
 * <p>What is noted is due at once, also of a subscription that is disabled: whether it is, only the lease asks, so nothing that is noted
 * while somebody enables it stays behind.
 */
final class Feed {

    private final Database database;
    private final InstantSource clock;

    Feed(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A database that was restored from a dump counts transactions anew: a position in the time to come would never be reached, and
     * what is written from now on comes before whatever was there.
     */
    Future<Void> begin() {
        return database.query("""
                        with moved as (
                            update commerce.subscription_feed set position = '0' where position > pg_current_xact_id())
                        update commerce.subscription set since = '0' where since > pg_current_xact_id()""", Tuple.tuple()).mapEmpty();
    }

    /**
     * Goes on by a page of about so many events: with the last one, all that its transaction wrote. Without a subscription nothing is
     * read.
     *
     * @return whether there may be more
     */
    Future<Boolean> advance(int page) {
        return database.query("""
                        with wanting as (select id, events, since from commerce.subscription),
                        horizon as (select pg_snapshot_xmin(pg_current_snapshot()) as xid),
                        held as (
                            select position from commerce.subscription_feed
                            where exists (select from wanting) for update skip locked),
                        page as (
                            select e.order_id, e.sequence, e.kind, e.written_by
                            from held cross join horizon cross join lateral (
                                select order_id, sequence, kind, written_by from commerce.order_event
                                where written_by >= greatest(held.position, (select min(since) from wanting))
                                    and written_by < horizon.xid
                                order by written_by fetch first $1 rows with ties) e),
                        news as (
                            select s.id, p.order_id, min(p.sequence) as first, max(p.sequence) as last
                            from page p join wanting s
                                on p.written_by >= s.since and (s.events is null or p.kind = any (s.events))
                            group by s.id, p.order_id),
                        noted as (
                            insert into commerce.telling as t (subscription, order_id, told, upto, pending_since, due_at)
                            select id, order_id, first - 1, last, $2::timestamptz, $2::timestamptz
                            from news order by id, order_id
                            on conflict (subscription, order_id) do update
                                set told = least(t.told, excluded.told), upto = greatest(t.upto, excluded.upto)),
                        size as (select count(*) as n, max(written_by) as last from page),
                        moved as (
                            update commerce.subscription_feed f set position = greatest(f.position, case
                                when size.n < $1 then horizon.xid else (size.last::text::bigint + 1)::text::xid8 end)
                            from held, horizon, size)
                        select n >= $1 from size""", Tuple.of(page, clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }
}
