package io.sluice.commerce.ordering;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.step.Lease;
import io.sluice.commerce.step.StepKey;
import io.sluice.guard.Outcome;
import io.sluice.storage.Batch;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Changes orders: each under its row's lock, decided by {@link OrderDecider} inside the transaction, many orders in one. Two
 * changes of one order in the same group are decided one after the other.
 *
 * <p>Commands are safe to run again: what has happened already makes no event.
 */
public final class OrderStore {

    private final GroupCommit<OrderChange, Outcome<Order>> commit;
    private final OrderRules rules;
    private final Partners partners;
    private final InstantSource clock;
    private final Consumer<Changed> announce;

    /** @param hasEffects whether steps are due because of it */
    public record Changed(UUID order, boolean hasEffects) {}

    /**
     * @param partners whose callbacks may move what
     * @param announce is told of every order that changed, after the commit
     */
    public OrderStore(
            Vertx vertx,
            Database database,
            GroupCommit.Limits limits,
            OrderRules rules,
            Partners partners,
            InstantSource clock,
            Consumer<Changed> announce,
            MeterRegistry meters) {
        this.rules = rules;
        this.partners = partners;
        this.clock = clock;
        this.announce = announce;
        this.commit = new GroupCommit<>(vertx, database, "order-change", limits, this::prepare, List.of(), meters);
    }

    /** The order after the change, or why it was refused. */
    public Future<Outcome<Order>> change(OrderChange change) {
        return commit.submit(change, List.of());
    }

    public Future<Void> close() {
        return commit.close();
    }

    private Future<Batch.Plan<Outcome<Order>>> prepare(SqlConnection transaction, List<OrderChange> changes) {
        UUID[] ids = changes.stream().map(OrderChange::order).distinct().toArray(UUID[]::new);
        UUID[] readdressed = changes.stream()
                .filter(change -> change.command() instanceof OrderCommand.CorrectAddress)
                .map(OrderChange::order)
                .toArray(UUID[]::new);
        return transaction
                .preparedQuery("""
                        select document, case when id = any ($2) then sealed end, provider from commerce.orders
                        where id = any ($1) order by id for update""")
                .execute(Tuple.tuple().addValue(ids).addValue(readdressed))
                .map(rows -> {
                    Map<UUID, Order> orders = new HashMap<>();
                    Map<UUID, Buffer> sealed = new HashMap<>();
                    Map<UUID, String> providers = new HashMap<>();
                    for (Row row : rows) {
                        Order order = OrderDocument.read(row.get(JsonObject.class, 0));
                        orders.put(order.id(), order);
                        Optional.ofNullable(row.getBuffer(1)).ifPresent(bytes -> sealed.put(order.id(), bytes));
                        // of orders that were placed before this was written down
                        providers.put(
                                order.id(),
                                Optional.ofNullable(row.getString(2))
                                        .orElseGet(() -> partners.payments().chosen()));
                    }
                    return new Changes(changes, orders, sealed, providers);
                });
    }

    /** The decisions of one transaction. */
    private final class Changes implements Batch.Plan<Outcome<Order>> {

        private final List<Outcome<Order>> answers = new ArrayList<>();
        private final Map<UUID, Order> changed = new LinkedHashMap<>();
        private final List<OrderRows.History> history = new ArrayList<>();
        private final List<Effect> effects = new ArrayList<>();
        private final Map<String, long[]> stock = new HashMap<>();
        private final Map<UUID, Buffer> sealed;
        private final Map<UUID, String> providers;
        private final SortedMap<PartnerReferences.Key, UUID> names = new TreeMap<>();
        private final Map<UUID, Buffer> resealed = new HashMap<>();
        private final List<Lease> steps = new ArrayList<>();
        private final List<OrderChange.CallbackKey> callbacks = new ArrayList<>();
        private final List<String> verdicts = new ArrayList<>();

        private final Instant now = clock.instant();

        /**
         * @param sealed what rests with those that are to be readdressed
         * @param providers by whom their money goes
         */
        Changes(
                List<OrderChange> changes,
                Map<UUID, Order> orders,
                Map<UUID, Buffer> sealed,
                Map<UUID, String> providers) {
            this.sealed = sealed;
            this.providers = providers;
            for (OrderChange change : changes) {
                Outcome<Order> answer = decide(change, Optional.ofNullable(orders.get(change.order())));
                if (answer instanceof Outcome.Done<Order> done) {
                    orders.put(change.order(), done.value());
                }
                answers.add(answer);
                change.step().ifPresent(steps::add);
                change.callback().ifPresent(callback -> {
                    callbacks.add(callback);
                    verdicts.add(answer instanceof Outcome.Refused<Order> refused ? refused.code() : "done");
                });
            }
        }

        private Outcome<Order> decide(OrderChange change, Optional<Order> found) {
            boolean isTheirs = found.isPresent()
                    && change.buyer().map(found.get().buyer()::equals).orElse(true);
            if (found.isEmpty() || !isTheirs) {
                return Outcome.refused(OrderRefusal.NOT_FOUND);
            }
            String provider = Objects.requireNonNull(providers.get(change.order()), "read with its order");
            if (change.callback()
                    .filter(key -> !partners.mayMove(key, provider))
                    .isPresent()) {
                return Outcome.refused(CallbackRefusal.ANOTHER_PARTNERS);
            }
            return switch (OrderDecider.decide(found.get(), change.command(), rules, now)) {
                case Decision.Refused refused -> Outcome.refused(refused.refusal());
                case Decision.Decided decided -> {
                    note(decided);
                    PartnerReferences.collect(names, partners, provider, found.get(), decided.order());
                    if (change.command() instanceof OrderCommand.CorrectAddress correct) {
                        reseal(decided.order().id(), correct);
                    }
                    yield Outcome.done(decided.order());
                }
            };
        }

        private void note(Decision.Decided decided) {
            Order after = decided.order();
            history.addAll(OrderRows.History.of(decided));
            decided.events().forEach(one -> moveStock(one.event()));
            if (!decided.events().isEmpty()) {
                changed.put(after.id(), after);
            }
            effects.addAll(decided.effects());
        }

        /** Two corrections of one group: the later one stands. */
        private void reseal(UUID order, OrderCommand.CorrectAddress correct) {
            Buffer before = Objects.requireNonNull(sealed.get(order), "an order that is readdressed was read whole");
            resealed.put(
                    order, SealedFields.write(SealedFields.readdressed(SealedFields.read(before), correct.delivery())));
        }

        private void moveStock(OrderEvent event) {
            switch (event) {
                case OrderEvent.StockCommitted gone -> moveStock(gone.pieces(), -1, -1);
                case OrderEvent.StockReleased free -> moveStock(free.pieces(), -1, 0);
                case OrderEvent.StockReturned back -> moveStock(back.pieces(), 0, 1);
                default -> {}
            }
        }

        private void moveStock(Pieces pieces, int reserved, int onHand) {
            pieces.bySku().forEach((sku, quantity) -> {
                long[] move = stock.computeIfAbsent(sku, none -> new long[2]);
                move[0] += (long) reserved * quantity;
                move[1] += (long) onHand * quantity;
            });
        }

        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            return PartnerReferences.write(new OrderRows(transaction, now), names)
                    .updated(List.copyOf(changed.values()))
                    .resealed(resealed)
                    .happened(history)
                    // a settled step is done before it may be armed again by its own consequences
                    .issue(
                            steps.isEmpty(),
                            """
                            update commerce.step s set done_at = now(), lease_until = null
                            from unnest($1::uuid[], $2::text[], $3::bigint[]) as t (o, k, f)
                            where s.operation = t.o and s.kind = t.k and s.fence = t.f""",
                            Tuple.of(
                                    steps.stream()
                                            .map(lease -> lease.step().operation())
                                            .toArray(UUID[]::new),
                                    steps.stream()
                                            .map(lease -> lease.step().kind().name())
                                            .toArray(String[]::new),
                                    steps.stream().map(Lease::fence).toArray(Long[]::new)))
                    .caused(distinct(effects))
                    .moved(stock)
                    .issue(
                            callbacks.isEmpty(),
                            """
                            update commerce.inbox i set processed_at = now(), verdict = t.v
                            from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t (t, p, e, v)
                            where i.topic = t.t and i.partner = t.p and i.event_id = t.e""",
                            Tuple.of(
                                    callbacks.stream()
                                            .map(OrderChange.CallbackKey::topic)
                                            .toArray(String[]::new),
                                    callbacks.stream()
                                            .map(OrderChange.CallbackKey::partner)
                                            .toArray(String[]::new),
                                    callbacks.stream()
                                            .map(OrderChange.CallbackKey::eventId)
                                            .toArray(String[]::new),
                                    verdicts.toArray(String[]::new)))
                    .writes();
        }

        @Override
        public List<Outcome<Order>> answers() {
            changed.keySet()
                    .forEach(id -> announce.accept(new Changed(
                            id,
                            effects.stream()
                                    .anyMatch(effect -> OperationIds.order(effect.operation())
                                            .equals(id)))));
            return answers;
        }
    }

    /** One statement cannot arm one step twice: the last word counts. */
    private static List<Effect> distinct(List<Effect> effects) {
        Map<StepKey, Effect> byKey = new LinkedHashMap<>();
        effects.forEach(effect -> byKey.put(new StepKey(effect.operation(), effect.kind()), effect));
        return List.copyOf(byKey.values());
    }
}
