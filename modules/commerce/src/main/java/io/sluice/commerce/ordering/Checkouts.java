package io.sluice.commerce.ordering;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.api.Checkout;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.pricing.Tariff;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.WireForm;
import io.sluice.storage.Batch;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.sluice.storage.IdempotencyTable;
import io.sluice.storage.RiderTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Accepts orders in groups: each with its stock, first event, first step, use leaf and idempotent answer, or not at all.
 *
 * <p>The stock rows of a group are locked in the order of their SKUs and every order is decided in arrival order on what is
 * then free, so nothing is oversold and no two groups wait for each other.
 */
public final class Checkouts {

    private final GroupCommit<Delivery<Checkout>, Outcome<Parcel>> commit;
    private final Tariff tariff;
    private final WireForm wireForm;
    private final String provider;
    private final InstantSource clock;
    private final Consumer<UUID> accepted;

    /**
     * @param tariff what orders cost beyond their goods
     * @param provider by whom the money of new orders goes
     * @param riderTables where the deliveries' use leaves belong
     * @param accepted is told of every accepted order, after the commit
     */
    public Checkouts(
            Vertx vertx,
            Database database,
            GroupCommit.Limits limits,
            Tariff tariff,
            List<RiderTable> riderTables,
            WireForm wireForm,
            String provider,
            InstantSource clock,
            Consumer<UUID> accepted,
            MeterRegistry meters) {
        this.tariff = tariff;
        this.wireForm = wireForm;
        this.provider = provider;
        this.clock = clock;
        this.accepted = accepted;
        this.commit = new GroupCommit<>(vertx, database, "checkout", limits, this::prepare, riderTables, meters);
    }

    /** The accepted order; or the first answer to the same request; or why it is refused. */
    public Future<Outcome<Parcel>> place(Delivery<Checkout> delivery) {
        if (!OperationIds.isOrder(delivery.view().orderId())) {
            return Future.failedFuture(new IllegalArgumentException("an order's id ends in a zero byte"));
        }
        return commit.submit(delivery, delivery.riders());
    }

    public Future<Void> close() {
        return commit.close();
    }

    private Future<Batch.Plan<Outcome<Parcel>>> prepare(SqlConnection transaction, List<Delivery<Checkout>> items) {
        List<String> scopes =
                items.stream().map(item -> item.view().scope()).distinct().toList();
        String[] skus = items.stream()
                .flatMap(item -> item.view().lines().stream())
                .map(line -> line.sku())
                .distinct()
                .toArray(String[]::new);
        Future<Map<String, IdempotencyTable.Stored>> answered = IdempotencyTable.find(transaction, scopes);
        Future<Map<String, StockDesk.Shelf>> shelves =
                transaction.preparedQuery("""
                        select s.sku, p.price, p.currency, p.tax_class, s.on_hand - s.reserved
                        from commerce.stock s join commerce.product p on p.sku = s.sku
                        where s.sku = any ($1) order by s.sku for update of s""").execute(Tuple.of((Object) skus)).map(StockDesk.Shelf::bySku);
        return Future.all(answered, shelves)
                .map(both -> new Placements(items, answered.result(), new StockDesk(shelves.result(), tariff)));
    }

    /** The decisions of one transaction. */
    private final class Placements implements Batch.Plan<Outcome<Parcel>> {

        private final List<Outcome<Parcel>> answers = new ArrayList<>();
        private final List<Decision.Decided> placed = new ArrayList<>();
        private final List<Buffer> sealed = new ArrayList<>();
        private final Map<String, IdempotencyTable.Stored> kept = new HashMap<>();
        private final StockDesk desk;

        Placements(List<Delivery<Checkout>> items, Map<String, IdempotencyTable.Stored> answered, StockDesk desk) {
            this.desk = desk;
            for (Delivery<Checkout> item : items) {
                Checkout wanted = item.view();
                IdempotencyTable.Stored first = answered.getOrDefault(wanted.scope(), kept.get(wanted.scope()));
                answers.add(first == null ? decide(item) : again(first, wanted));
            }
        }

        private Outcome<Parcel> again(IdempotencyTable.Stored first, Checkout wanted) {
            if (!first.fingerprint().equals(wanted.fingerprint())) {
                return Outcome.refused(OrderRefusal.KEY_REUSED);
            }
            return wireForm.decode(first.outcome().getBytes())
                    .map(parcel -> parcel.with(CommerceFields.REPLAYED, true));
        }

        private Outcome<Parcel> decide(Delivery<Checkout> item) {
            Checkout wanted = item.view();
            return switch (desk.hold(wanted.currency(), wanted.lines(), wanted.to())) {
                case StockDesk.Short shortage ->
                    keep(wanted, Outcome.refused(OrderRefusal.STOCK_EXHAUSTED, shortage.at()));
                // a request that can never be right leaves no trace, not even its answer
                case StockDesk.Invalid invalid -> Outcome.refused(invalid.refusal(), invalid.at());
                case StockDesk.Held held -> {
                    Order blank = Order.blank(
                            wanted.orderId(),
                            java.util.Objects.requireNonNull(item.parties().buyer(), "a checkout has a buyer"),
                            item.parties().addressee(),
                            held.lines(),
                            clock.instant());
                    Decision.Decided decided = OrderDecider.place(blank);
                    placed.add(decided);
                    sealed.add(SealedFields.write(wanted.sealed()));
                    yield keep(
                            wanted,
                            Outcome.done(Parcel.plain()
                                    .with(CommerceFields.ORDER, OrderSummaries.of(decided.order()))
                                    .with(CommerceFields.REPLAYED, false)));
                }
            };
        }

        private Outcome<Parcel> keep(Checkout wanted, Outcome<Parcel> outcome) {
            kept.put(
                    wanted.scope(),
                    new IdempotencyTable.Stored(
                            wanted.scope(), wanted.fingerprint(), Buffer.buffer(wireForm.encode(outcome))));
            return outcome;
        }

        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            List<Order> orders = placed.stream().map(Decision.Decided::order).toList();
            List<OrderRows.History> history = new ArrayList<>();
            List<Effect> effects = new ArrayList<>();
            for (Decision.Decided decided : placed) {
                history.addAll(OrderRows.History.of(decided));
                effects.addAll(decided.effects());
            }
            List<Future<?>> writes = new OrderRows(transaction, clock.instant())
                    .moved(desk.reserved())
                    .inserted(orders, sealed, provider)
                    .happened(history)
                    .caused(effects)
                    .writes();
            if (!kept.isEmpty()) {
                writes.add(IdempotencyTable.insert(transaction, List.copyOf(kept.values()), clock.instant()));
            }
            return writes;
        }

        @Override
        public List<Outcome<Parcel>> answers() {
            placed.forEach(decided -> accepted.accept(decided.order().id()));
            return answers;
        }
    }
}
