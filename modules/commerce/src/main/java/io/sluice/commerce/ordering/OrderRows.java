package io.sluice.commerce.ordering;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The multi-row statements that write what decisions have come to: orders, events, steps, stock. Each is issued without waiting
 * and none if there is nothing to write.
 */
final class OrderRows {

    /** Events are numbered by the order's version after each. */
    record History(UUID order, long sequence, String kind, String state) {

        /** What a decision adds to its order's history. */
        static List<History> of(Decision.Decided decided) {
            return decided.events().stream()
                    .map(one -> new History(
                            decided.order().id(),
                            one.version(),
                            one.event().kind(),
                            one.state().name()))
                    .toList();
        }
    }

    private final SqlConnection transaction;
    private final OffsetDateTime now;
    private final List<Future<?>> writes = new ArrayList<>();

    OrderRows(SqlConnection transaction, Instant now) {
        this.transaction = transaction;
        this.now = now.atOffset(ZoneOffset.UTC);
    }

    List<Future<?>> writes() {
        return writes;
    }

    /** @param provider by whom their money goes */
    OrderRows inserted(List<Order> orders, List<Buffer> sealed, String provider) {
        return issue(
                orders.isEmpty(),
                """
                insert into commerce.orders (id, buyer, addressee, state, version, document, sealed, created_at, provider)
                select i, b, a, s, v, d, f, $8, $9
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::jsonb[], $7::bytea[])
                    as t (i, b, a, s, v, d, f)""",
                Tuple.tuple()
                        .addValue(ids(orders))
                        .addValue(orders.stream()
                                .map(order -> order.buyer().value())
                                .toArray(UUID[]::new))
                        .addValue(orders.stream()
                                .map(order -> order.addressee() == null
                                        ? null
                                        : order.addressee().value())
                                .toArray(UUID[]::new))
                        .addValue(states(orders))
                        .addValue(versions(orders))
                        .addValue(documents(orders))
                        .addValue(sealed.toArray(Buffer[]::new))
                        .addValue(now)
                        .addValue(provider));
    }

    OrderRows updated(List<Order> orders) {
        return issue(orders.isEmpty(), """
                update commerce.orders o set state = t.s, version = t.v, document = t.d
                from unnest($1::uuid[], $2::text[], $3::bigint[], $4::jsonb[]) as t (i, s, v, d) where o.id = t.i""", Tuple.of(ids(orders), states(orders), versions(orders), documents(orders)));
    }

    /** What rests sealed with these orders, anew. */
    OrderRows resealed(Map<UUID, Buffer> sealed) {
        return issue(
                sealed.isEmpty(),
                """
                update commerce.orders o set sealed = t.f
                from unnest($1::uuid[], $2::bytea[]) as t (i, f) where o.id = t.i""",
                Tuple.tuple()
                        .addValue(sealed.keySet().toArray(UUID[]::new))
                        .addValue(sealed.values().toArray(Buffer[]::new)));
    }

    OrderRows happened(List<History> events) {
        return issue(
                events.isEmpty(),
                """
                insert into commerce.order_event (order_id, sequence, kind, state, at)
                select o, n, k, s, $5 from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[]) as t (o, n, k, s)""",
                Tuple.of(
                        events.stream().map(History::order).toArray(UUID[]::new),
                        events.stream().map(History::sequence).toArray(Long[]::new),
                        events.stream().map(History::kind).toArray(String[]::new),
                        events.stream().map(History::state).toArray(String[]::new),
                        now));
    }

    /** A step that is to be done once more is armed again, and whoever holds it holds it no more. */
    OrderRows caused(List<Effect> effects) {
        return issue(
                effects.isEmpty(),
                """
                insert into commerce.step (operation, kind, order_id, due_at)
                select o, k, r, d from unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[]) as t (o, k, r, d)
                on conflict (operation, kind) do update
                    set due_at = excluded.due_at, attempts = 0, put_offs = 0, lease_until = null, done_at = null,
                        fence = step.fence + 1""",
                Tuple.of(
                        effects.stream().map(Effect::operation).toArray(UUID[]::new),
                        effects.stream().map(effect -> effect.kind().name()).toArray(String[]::new),
                        effects.stream()
                                .map(effect -> OperationIds.order(effect.operation()))
                                .toArray(UUID[]::new),
                        effects.stream().map(effect -> now.plus(effect.delay())).toArray(OffsetDateTime[]::new)));
    }

    /** Adds to what is reserved, and takes from what is on hand; the rows are locked already, or locked here in order. */
    OrderRows moved(Map<String, long[]> reservedAndOnHand) {
        Map<String, long[]> inOrder = new TreeMap<>(reservedAndOnHand);
        return issue(
                inOrder.isEmpty(),
                """
                update commerce.stock s set reserved = s.reserved + t.r, on_hand = s.on_hand + t.h
                from (select l.sku, u.r, u.h
                      from unnest($1::text[], $2::bigint[], $3::bigint[]) as u (k, r, h)
                      join commerce.stock l on l.sku = u.k order by l.sku for update of l) t
                where s.sku = t.sku""",
                Tuple.of(
                        inOrder.keySet().toArray(String[]::new),
                        inOrder.values().stream().map(change -> change[0]).toArray(Long[]::new),
                        inOrder.values().stream().map(change -> change[1]).toArray(Long[]::new)));
    }

    OrderRows issue(boolean isNothing, String sql, Tuple arguments) {
        if (!isNothing) {
            writes.add(transaction.preparedQuery(sql).execute(arguments));
        }
        return this;
    }

    private static UUID[] ids(List<Order> orders) {
        return orders.stream().map(Order::id).toArray(UUID[]::new);
    }

    private static String[] states(List<Order> orders) {
        return orders.stream().map(order -> order.state().name()).toArray(String[]::new);
    }

    private static Long[] versions(List<Order> orders) {
        return orders.stream().map(Order::version).toArray(Long[]::new);
    }

    private static JsonObject[] documents(List<Order> orders) {
        return orders.stream().map(OrderDocument::write).toArray(JsonObject[]::new);
    }
}
