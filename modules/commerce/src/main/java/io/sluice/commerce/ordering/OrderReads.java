package io.sluice.commerce.ordering;

import io.sluice.commerce.api.OrderHappening;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.ProductOffer;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.sluice.storage.GroupRead;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads orders, their histories and the shop window; a page and one more, so that its reader knows whether it goes on. */
public final class OrderReads {

    /** Above every id: version 7 ids begin with the time. */
    public static final UUID LAST = new UUID(-1L, -1L);

    /** Where nobody needs to know any more how many there are. */
    private static final int MOST_COUNTED = 100_000;

    private final Database database;
    private final GroupRead<UUID, Order> byId;

    public OrderReads(Vertx vertx, Database database, int maxWaiting) {
        this.database = database;
        this.byId = new GroupRead<>(vertx, "order-read", 2, 500, maxWaiting, this::read);
    }

    private Future<Map<UUID, Order>> read(List<UUID> ids) {
        return database.query("select document from commerce.orders where id = any ($1)", Tuple.of((Object)
                        ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Order> orders = new HashMap<>();
                    for (Row row : rows) {
                        Order order = OrderDocument.read(row.get(JsonObject.class, 0));
                        orders.put(order.id(), order);
                    }
                    return orders;
                });
    }

    /** The order; empty if there is none. */
    Future<Optional<Order>> find(UUID id) {
        return byId.get(id);
    }

    /** The order's persons and what rests sealed of them with it; empty if there is no such order. */
    Future<Optional<OrderPersons>> persons(UUID id) {
        return database.query("select buyer, addressee, sealed from commerce.orders where id = $1", Tuple.of(id))
                .map(rows ->
                        each(rows, row -> OrderPersons.read(id, row)).stream().findFirst());
    }

    /** A buyer's orders before the cursor, newest first. */
    Future<List<OrderSummary>> list(SubjectId buyer, @Nullable UUID before, int limit) {
        return database.query("""
                        select document from commerce.orders where buyer = $1 and id < $2
                        order by id desc limit $3""", Tuple.of(buyer.value(), before == null ? LAST : before, limit + 1))
                .map(rows -> each(rows, row -> OrderSummaries.of(OrderDocument.read(row.get(JsonObject.class, 0)))));
    }

    /**
     * How many orders a buyer has placed, and how many of their payments were declined.
     *
     * @param declined as far as is known by now
     */
    public record Pace(long orders, long declined) {}

    /** A buyer's pace in the time before one of their orders; that one is counted. */
    public Future<Pace> pace(SubjectId buyer, UUID order, Duration window) {
        return database.query("""
                        select count(*), count(*) filter (where state = 'REJECTED') from (
                            select state from commerce.orders where buyer = $1 and id between $2 and $3 limit $4) o""", Tuple.of(buyer.value(), before(order, window), order, MOST_COUNTED))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Pace(row.getLong(0), row.getLong(1));
                });
    }

    /** Below every id that was made at most so long before this one (RFC 9562, 5.7: an id begins with its milliseconds). */
    private static UUID before(UUID order, Duration window) {
        long millis = order.getMostSignificantBits() >>> Short.SIZE;
        return new UUID((millis - window.toMillis()) << Short.SIZE, 0);
    }

    /** An order's events after the sequence number, oldest first. */
    Future<List<OrderHappening>> happenings(UUID order, long after, int limit) {
        return database.query("""
                        select sequence, kind, state, at from commerce.order_event
                        where order_id = $1 and sequence > $2 order by sequence limit $3""", Tuple.of(order, after, limit + 1))
                .map(rows -> each(
                        rows,
                        row -> new OrderHappening(
                                row.getLong(0),
                                row.getString(1),
                                row.getString(2),
                                row.getOffsetDateTime(3).toInstant().toEpochMilli())));
    }

    /** What is on offer after that SKU. */
    Future<List<ProductOffer>> offers(String after, int limit) {
        return database.query("""
                        select p.sku, p.name, p.price, p.currency, s.on_hand - s.reserved
                        from commerce.product p join commerce.stock s on s.sku = p.sku
                        where p.sku > $1 order by p.sku limit $2""", Tuple.of(after, limit + 1))
                .map(rows -> each(
                        rows,
                        row -> new ProductOffer(
                                row.getString(0), row.getString(1), row.getLong(2), row.getString(3), row.getLong(4))));
    }

    /** What stands on the shelves of these SKUs now; one that is not there is not in the answer. */
    Future<Map<String, StockDesk.Shelf>> shelves(String[] skus) {
        return database.query("""
                        select s.sku, p.price, p.currency, p.tax_class, s.on_hand - s.reserved
                        from commerce.stock s join commerce.product p on p.sku = s.sku
                        where s.sku = any ($1)""", Tuple.of((Object) skus)).map(StockDesk.Shelf::bySku);
    }

    private static <T> List<T> each(RowSet<Row> rows, Function<Row, T> read) {
        List<T> items = new ArrayList<>(rows.size());
        for (Row row : rows) {
            items.add(read.apply(row));
        }
        return items;
    }

    /**
     * A product as it is put on the shelves.
     *
     * @param taxClass by which its rate of tax is found
     */
    public record Stocked(ProductOffer offer, String taxClass) {}

    /** Puts products on the shelves that are not there yet; what is there keeps its price and stock. */
    public Future<Void> stock(List<Stocked> products) {
        return database.query(
                        """
                        with product as (
                            insert into commerce.product (sku, name, price, currency, tax_class)
                            select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $6::text[])
                            on conflict do nothing)
                        insert into commerce.stock (sku, on_hand) select * from unnest($1::text[], $5::bigint[])
                        on conflict do nothing""",
                        Tuple.of(
                                products.stream().map(one -> one.offer().sku()).toArray(String[]::new),
                                products.stream().map(one -> one.offer().name()).toArray(String[]::new),
                                products.stream()
                                        .map(one -> one.offer().price())
                                        .toArray(Long[]::new),
                                products.stream()
                                        .map(one -> one.offer().currency())
                                        .toArray(String[]::new),
                                products.stream()
                                        .map(one -> one.offer().available())
                                        .toArray(Long[]::new),
                                products.stream().map(Stocked::taxClass).toArray(String[]::new)))
                .mapEmpty();
    }
}
