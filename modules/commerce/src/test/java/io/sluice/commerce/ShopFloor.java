package io.sluice.commerce;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.commerce.api.Checkout;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.ProductOffer;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.Checkouts;
import io.sluice.commerce.ordering.Inbox;
import io.sluice.commerce.ordering.OperationIds;
import io.sluice.commerce.ordering.Order;
import io.sluice.commerce.ordering.OrderChange;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.ordering.OrderDocument;
import io.sluice.commerce.ordering.OrderReads;
import io.sluice.commerce.ordering.OrderRules;
import io.sluice.commerce.ordering.OrderStore;
import io.sluice.commerce.ordering.Partners;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Destination;
import io.sluice.commerce.pricing.Tariff;
import io.sluice.commerce.pricing.Tariffs;
import io.sluice.commerce.pricing.TaxRate;
import io.sluice.commerce.pricing.TaxTable;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.guard.WireForm;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Ids;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.sluice.testkit.PostgresFixture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the room stands on, on a real PostgreSQL of its own: products on the shelves, orders accepted and changed. */
public final class ShopFloor implements AutoCloseable {

    public static final Catalogue CATALOGUE = Catalogue.of(CommerceFields.ALL);
    public static final SubjectId BUYER = new SubjectId(new UUID(0, 1));

    /** Everybody is told of by name; a tracker tells of the carrier's parcels, and another one of those of somebody else. */
    public static final Partners PARTNERS = new Partners(
            new Partners.Side("provider", Map.of(), Set.of("provider")),
            new Partners.Side(
                    "carrier",
                    Map.of("tracker", Set.of("carrier"), "tracker-elsewhere", Set.of("another")),
                    Set.of("carrier")));

    private static final GroupCommit.Limits LIMITS = new GroupCommit.Limits(2, 100, 10_000);

    /** Sold are goods to Germany, with 19 % tax in their prices, and with other taxes to California; brought for nothing. */
    private static final Tariff TARIFF = new Tariff(
            false,
            new TaxTable(Map.of(
                    "DE", Map.of(TaxTable.STANDARD, new TaxRate(19_000)),
                    "US-CA", Map.of(TaxTable.STANDARD, new TaxRate(7_250)))),
            Tariffs.FREE);

    public final Vertx vertx = Vertx.vertx();
    public final WireForm wireForm = new WireForm(CATALOGUE);
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final List<UUID> accepted = new CopyOnWriteArrayList<>();
    public final List<OrderStore.Changed> changed = new CopyOnWriteArrayList<>();
    public final Database database = Database.open(vertx, PostgresFixture.freshDatabase("storage", "commerce"));
    public final Checkouts checkouts = new Checkouts(
            vertx,
            database,
            LIMITS,
            TARIFF,
            List.of(),
            wireForm,
            PARTNERS.payments().chosen(),
            InstantSource.system(),
            accepted::add,
            meters);
    public final OrderStore orders = orders(LIMITS);
    public final Inbox inbox = new Inbox(vertx, database, LIMITS, meters);
    public final OrderReads reads = new OrderReads(vertx, database, 100);

    private final Ids ids = Ids.secure(InstantSource.system());

    /** Opens with 50 scarce pieces, and plenty of tea (EUR) and sushi (JPY). */
    public static ShopFloor open() throws Exception {
        ShopFloor floor = new ShopFloor();
        await(floor.reads.stock(Stream.of(
                        new ProductOffer("scarce", "Scarce", 100, "EUR", 50),
                        new ProductOffer("tea", "Tea", 250, "EUR", 100_000),
                        new ProductOffer("sushi", "Sushi", 900, "JPY", 100_000))
                .map(offer -> new OrderReads.Stocked(offer, TaxTable.STANDARD))
                .toList()));
        return floor;
    }

    @Override
    public void close() throws Exception {
        await(checkouts.close());
        await(orders.close());
        await(inbox.close());
        await(database.close());
        await(vertx.close());
    }

    public Future<Outcome<Parcel>> place(String scope, String fingerprint, List<LineWanted> lines) {
        return place(scope, fingerprint, lines, new Destination("DE", null));
    }

    public Future<Outcome<Parcel>> place(String scope, String fingerprint, List<LineWanted> lines, Destination to) {
        return place(OperationIds.newOrder(ids), scope, fingerprint, lines, to);
    }

    private Future<Outcome<Parcel>> place(
            UUID id, String scope, String fingerprint, List<LineWanted> lines, Destination to) {
        Map<io.sluice.kernel.Field<String>, Sealed> sealed =
                Map.of(CommerceFields.DELIVERY_NAME, Sealed.of(new byte[] {1, 2, 3}));
        Checkout view = new Checkout(id, "EUR", lines, scope, fingerprint, to, sealed);
        return checkouts.place(new Delivery<>(view, Parties.of(BUYER, id), List.of(), () -> true));
    }

    /** One more store of orders, to be closed by whoever asked for it. */
    public OrderStore orders(GroupCommit.Limits limits) {
        return orders(limits, PARTNERS);
    }

    /** One more, of a node whose partners are these; to be closed by whoever asked for it. */
    public OrderStore orders(GroupCommit.Limits limits, Partners partners) {
        return new OrderStore(
                vertx,
                database,
                limits,
                new OrderRules(true, Duration.ofDays(1), Duration.ofDays(7), Tariffs.NOTHING),
                partners,
                InstantSource.system(),
                changed::add,
                meters);
    }

    /** An accepted order of one tea; its authorisation is due. */
    @CanIgnoreReturnValue
    public UUID placed() throws Exception {
        UUID id = OperationIds.newOrder(ids);
        if (!(await(place(id, id.toString(), "f", List.of(new LineWanted("tea", 1)), new Destination("DE", null)))
                instanceof Outcome.Done)) {
            throw new IllegalStateException("tea is always to be had");
        }
        return id;
    }

    public Order order(UUID id) throws Exception {
        return OrderDocument.read(
                await(database.query("select document from commerce.orders where id = $1", Tuple.of(id)))
                        .iterator()
                        .next()
                        .get(JsonObject.class, 0));
    }

    /** The order's authorisation. */
    public Operation authorisation(UUID order) throws Exception {
        return order(order).operations().getFirst();
    }

    /** What the provider says about an operation of one tea. */
    public static OrderCommand said(UUID operation, OperationStatus status) {
        return new OrderCommand.RecordOperation(operation, status, new Money(250, "EUR"), "ref", null, null);
    }

    public Outcome<Order> change(UUID order, OrderCommand command) throws Exception {
        return await(orders.change(OrderChange.byStaff(order, command)));
    }

    /** The one number that a query finds. */
    public long number(String sql, Object... arguments) throws Exception {
        return await(database.query(sql, Tuple.from(arguments)))
                .iterator()
                .next()
                .getLong(0);
    }

    public void run(String sql, Object... arguments) throws Exception {
        await(database.query(sql, Tuple.from(arguments)).mapEmpty());
    }

    public double counted(String meter) {
        return meters.find(meter).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @CanIgnoreReturnValue
    public static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
