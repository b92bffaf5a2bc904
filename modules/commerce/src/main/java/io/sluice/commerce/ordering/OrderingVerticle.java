package io.sluice.commerce.ordering;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Orders;
import io.sluice.commerce.api.ProductOffer;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Field;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serves what buyers and staff ask about orders and do with them, and the shop window. */
public final class OrderingVerticle extends VerticleBase {

    private final Bus bus;
    private final OrderReads reads;
    private final OrderStore orders;

    public OrderingVerticle(Bus bus, OrderReads reads, OrderStore orders) {
        this.bus = bus;
        this.reads = reads;
        this.orders = orders;
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                bus.serve(
                        Orders.FIND,
                        delivery -> owned(delivery, delivery.view().orderId()).map(OrderingVerticle::summary)),
                bus.serve(
                        Orders.INSPECT,
                        delivery -> reads.find(delivery.view().orderId()).map(OrderingVerticle::summary)),
                bus.serve(Orders.PERSONS, this::persons),
                bus.serve(Orders.LIST, this::list),
                bus.serve(Orders.HAPPENED, this::happened),
                bus.serve(Orders.CANCEL, this::cancel),
                bus.serve(Orders.CONCERNED, this::concerned),
                bus.serve(Orders.READDRESS, this::readdress),
                bus.serve(Orders.DISPATCH, this::dispatch),
                byStaff(Orders.CAPTURE, new OrderCommand.CaptureOwed()),
                byStaff(Orders.VOID, new OrderCommand.VoidRest()),
                byStaff(Orders.HOLD, new OrderCommand.Hold()),
                byStaff(Orders.RELEASE, new OrderCommand.Release()),
                bus.serve(Orders.OFFERED, this::offered)));
    }

    /** The order if it is the asker's own. */
    private Future<Optional<Order>> owned(Delivery<?> delivery, UUID id) {
        return reads.find(id).map(found -> found.filter(order -> order.buyer().equals(buyer(delivery))));
    }

    private Future<Outcome<Parcel>> cancel(Delivery<Orders.Cancel> delivery) {
        List<LineWanted> keep = delivery.view().keep();
        OrderCommand command = keep == null
                ? new OrderCommand.Cancel()
                : new OrderCommand.LowerQuantities(
                        keep.stream().collect(Collectors.toMap(LineWanted::sku, LineWanted::quantity, Integer::sum)));
        return orders.change(
                        OrderChange.byBuyer(buyer(delivery), delivery.view().orderId(), command))
                .map(OrderingVerticle::summary);
    }

    private Future<Outcome<Parcel>> concerned(Delivery<Orders.Find> delivery) {
        return reads.find(delivery.view().orderId())
                .map(found -> found.map(order ->
                                Outcome.done(Parcel.about(Parties.of(order.buyer(), order.addressee(), order.id()))
                                        .with(CommerceFields.ORDER, OrderSummaries.of(order))))
                        .orElseGet(() -> Outcome.refused(OrderRefusal.NOT_FOUND)));
    }

    private Future<Outcome<Parcel>> readdress(Delivery<Orders.Readdress> delivery) {
        Orders.Readdress wanted = delivery.view();
        String seen = wanted.seen();
        if (seen != null && !isSequence(seen)) {
            return Future.succeededFuture(Outcome.refused(OrderRefusal.CURSOR_INVALID));
        }
        OrderCommand command = new OrderCommand.CorrectAddress(
                seen == null ? null : Long.valueOf(seen), wanted.to(), wanted.delivery());
        return orders.change(OrderChange.byBuyer(buyer(delivery), wanted.orderId(), command))
                .map(OrderingVerticle::summary);
    }

    private static boolean isSequence(String text) {
        return text.matches("[0-9]{1,18}");
    }

    private Future<Outcome<Parcel>> dispatch(Delivery<Orders.Dispatch> delivery) {
        Orders.Dispatch wanted = delivery.view();
        List<LineWanted> lines = wanted.lines();
        OrderCommand command = new OrderCommand.Dispatch(
                lines == null ? null : Pieces.of(lines), wanted.scope(), wanted.fingerprint());
        return orders.change(OrderChange.byStaff(wanted.orderId(), command)).map(OrderingVerticle::summary);
    }

    private Future<Void> byStaff(Address<Orders.Find, OrderSummary> address, OrderCommand command) {
        return bus.serve(
                address,
                delivery -> orders.change(OrderChange.byStaff(delivery.view().orderId(), command))
                        .map(OrderingVerticle::summary));
    }

    private Future<Outcome<Parcel>> persons(Delivery<Orders.Find> delivery) {
        return reads.persons(delivery.view().orderId())
                .map(found -> found.map(persons -> Outcome.done(persons.shown()))
                        .orElseGet(() -> Outcome.refused(OrderRefusal.NOT_FOUND)));
    }

    private Future<Outcome<Parcel>> list(Delivery<Orders.ListOrders> delivery) {
        Orders.ListOrders wanted = delivery.view();
        Optional<UUID> before = id(wanted.cursor());
        if (wanted.cursor() != null && before.isEmpty()) {
            return Future.succeededFuture(Outcome.refused(OrderRefusal.CURSOR_INVALID));
        }
        int limit = (int) wanted.limit();
        return reads.list(buyer(delivery), before.orElse(null), limit)
                .map(found -> page(
                        found,
                        limit,
                        CommerceFields.ORDERS,
                        (OrderSummary last) -> last.id().toString()));
    }

    private Future<Outcome<Parcel>> happened(Delivery<Orders.ListHappenings> delivery) {
        Orders.ListHappenings wanted = delivery.view();
        String after = wanted.after() == null ? "0" : wanted.after();
        if (!isSequence(after)) {
            return Future.succeededFuture(Outcome.refused(OrderRefusal.CURSOR_INVALID));
        }
        int limit = (int) wanted.limit();
        return owned(delivery, wanted.orderId())
                .compose(order -> order.isEmpty()
                        ? Future.succeededFuture(Outcome.refused(OrderRefusal.NOT_FOUND))
                        : reads.happenings(wanted.orderId(), Long.parseLong(after), limit)
                                .map(found -> page(
                                        found,
                                        limit,
                                        CommerceFields.HAPPENINGS,
                                        last -> Long.toString(last.sequence()))));
    }

    private Future<Outcome<Parcel>> offered(Delivery<Orders.ListOffers> delivery) {
        Orders.ListOffers wanted = delivery.view();
        int limit = (int) wanted.limit();
        return reads.offers(wanted.cursor() == null ? "" : wanted.cursor(), limit)
                .map(found -> page(found, limit, CommerceFields.OFFERS, ProductOffer::sku));
    }

    /** The page, and where it goes on if one more was found than it holds. */
    private static <T> Outcome<Parcel> page(
            List<T> found, int limit, Field<List<T>> field, Function<T, String> cursor) {
        boolean isLast = found.size() <= limit;
        List<T> items = isLast ? found : List.copyOf(found.subList(0, limit));
        return Outcome.done(Parcel.plain()
                .with(field, items)
                .with(CommerceFields.CURSOR, isLast ? null : cursor.apply(items.getLast())));
    }

    /** Who asks about an order of their own. */
    public static SubjectId buyer(Delivery<?> delivery) {
        return Objects.requireNonNull(delivery.parties().buyer(), "whoever asks about orders says who asks");
    }

    private static Optional<UUID> id(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString);
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    private static Outcome<Parcel> summary(Optional<Order> found) {
        return found.map(order -> summary(Outcome.done(order)))
                .orElseGet(() -> Outcome.refused(OrderRefusal.NOT_FOUND));
    }

    /** An order, or why there is none, as its asker sees it. */
    public static Outcome<Parcel> summary(Outcome<Order> order) {
        return order.map(one -> Parcel.plain().with(CommerceFields.ORDER, OrderSummaries.of(one)));
    }
}
