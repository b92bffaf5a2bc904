package io.sluice.commerce.ordering;

import io.sluice.commerce.fraud.Suspicion;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.money.Shares;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Charge;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.refund.RefundStatus;
import io.sluice.commerce.refund.Return;
import io.sluice.commerce.shipping.Shipment;
import io.sluice.commerce.shipping.ShipmentStatus;
import io.sluice.kernel.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One order as a whole. Immutable; {@link #evolve} folds what has happened, and throws where that cannot have.
 *
 * @param version counts the changes; also the number of the order's last event
 * @param isCleared whether a person has let it go on though it looked like fraud; not where it goes elsewhere since
 * @param total of all lines as they were ordered, with all that comes with them
 * @param committed pieces that have left the house
 * @param released pieces that were given up: by a lower quantity, or with the order
 * @param numbered how many operations, shipments and returns have been numbered so far
 */
public record Order(
        UUID id,
        SubjectId buyer,
        @Nullable SubjectId addressee,
        OrderState state,
        @Nullable HoldReason hold,
        boolean isCleared,
        long version,
        Money total,
        List<OrderLine> lines,
        Pieces committed,
        Pieces released,
        List<Operation> operations,
        List<Shipment> shipments,
        List<Refund> refunds,
        List<Return> returns,
        int numbered,
        Instant placedAt) {

    // an order's operations and parcels are numbered in a byte; the rest is for what partners make necessary
    private static final int MOST_NUMBERED = 200;

    public Order {
        lines = List.copyOf(lines);
        operations = List.copyOf(operations);
        shipments = List.copyOf(shipments);
        refunds = List.copyOf(refunds);
        returns = List.copyOf(returns);
        if ((state == OrderState.ON_HOLD) != (hold != null)) {
            throw new IllegalStateException("an order on hold has a reason, and no other has one: " + id);
        }
    }

    /** An order of these lines, before anything has happened to it. */
    static Order blank(
            UUID id, SubjectId buyer, @Nullable SubjectId addressee, List<OrderLine> lines, Instant placedAt) {
        Money total = lines.stream()
                .map(OrderLine::total)
                .reduce(Money::plus)
                .orElseThrow(() -> new IllegalArgumentException("an order has at least one line"));
        return new Order(
                id,
                buyer,
                addressee,
                OrderState.PLACED,
                null,
                false,
                0,
                total,
                lines,
                Pieces.NONE,
                Pieces.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                placedAt);
    }

    public Optional<Operation> operation(UUID operationId) {
        return operations.stream().filter(one -> one.id().equals(operationId)).findFirst();
    }

    public Optional<Shipment> shipment(UUID shipmentId) {
        return shipments.stream().filter(one -> one.id().equals(shipmentId)).findFirst();
    }

    public Optional<Return> returned(UUID returnId) {
        return returns.stream().filter(one -> one.id().equals(returnId)).findFirst();
    }

    Stream<Operation> all(OperationKind kind) {
        return operations.stream().filter(one -> one.kind() == kind);
    }

    Stream<Operation> all(OperationKind kind, OperationStatus status) {
        return all(kind).filter(one -> one.status() == status);
    }

    /** The latest authorisation that was asked for. */
    Operation authorisation() {
        return all(OperationKind.AUTHORIZE)
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IllegalStateException("never asked for money: " + id));
    }

    Money captured() {
        return OrderMoney.sum(this, OperationKind.CAPTURE, status -> status == OperationStatus.SUCCEEDED);
    }

    Money refunded() {
        return OrderMoney.sum(this, OperationKind.REFUND, status -> status == OperationStatus.SUCCEEDED);
    }

    /** What has been given back or is on its way back; a refund of which the provider says another amount counts as given. */
    Money refundedOrPending() {
        return OrderMoney.sum(this, OperationKind.REFUND, OrderMoney::isTakenOrOnItsWay);
    }

    /** What was ordered. */
    public Pieces ordered() {
        return Pieces.ofOrder(lines);
    }

    /** What was ordered and not given up. */
    public Pieces wanted() {
        return ordered().minus(released);
    }

    /** What is reserved on the shelves. */
    public Pieces held() {
        return wanted().minus(committed);
    }

    /** What is wanted and in no parcel; one that was called back holds nothing. */
    public Pieces left() {
        return wanted().minus(pieces(parcel -> parcel.status() != ShipmentStatus.CANCELLED));
    }

    Pieces pieces(Predicate<Shipment> which) {
        return shipments.stream().filter(which).map(Shipment::pieces).reduce(Pieces.NONE, Pieces::plus);
    }

    /** Why a parcel of it was kept from going out as fraud, if one was; the latest counts. */
    public Optional<Suspicion> suspicion() {
        return shipments.stream()
                .filter(parcel -> parcel.status() == ShipmentStatus.CANCELLED)
                .flatMap(parcel -> Suspicion.of(parcel.reason()).stream())
                .reduce((earlier, later) -> later);
    }

    /** Whether nothing more will go out: all is in parcels that the carrier has, or given up. */
    boolean hasAllGoneOut() {
        return held().isEmpty();
    }

    /**
     * What these pieces cost, with all that comes with them, when they are the first of each product. A piece's share may differ from
     * another's by one minor unit: what more of them cost is the difference.
     */
    Money price(Pieces pieces) {
        return ofFirst(pieces, OrderLine::total);
    }

    /** Those of these pieces that cost something. */
    Pieces priced(Pieces pieces) {
        SortedMap<String, Integer> some = new TreeMap<>(pieces.bySku());
        some.keySet()
                .removeIf(sku -> lines.stream()
                        .noneMatch(
                                line -> line.sku().equals(sku) && line.total().isPositive()));
        return new Pieces(some);
    }

    /** The tax in that. */
    Money tax(Pieces pieces) {
        return ofFirst(pieces, OrderLine::tax);
    }

    private Money ofFirst(Pieces pieces, Function<OrderLine, Money> part) {
        long sum = 0;
        for (Map.Entry<String, Integer> some : pieces.bySku().entrySet()) {
            int parts = 0;
            long whole = 0;
            for (OrderLine line : lines) {
                if (line.sku().equals(some.getKey())) {
                    parts += line.quantity();
                    whole = Math.addExact(whole, part.apply(line).minor());
                }
            }
            sum = Math.addExact(sum, Shares.ofFirst(some.getValue(), parts, whole));
        }
        return new Money(sum, total.currency());
    }

    /** Whether the order has room for another operation or parcel, and for what may follow from it. */
    boolean hasRoom() {
        return numbered <= MOST_NUMBERED;
    }

    UUID nextNumbered() {
        return OperationIds.operation(id, numbered + 1);
    }

    /** This order after the event. Throws if it cannot have happened. */
    public Order evolve(OrderEvent event) {
        Order next = switch (event) {
            case OrderEvent.OrderPlaced placed -> this;
            case OrderEvent.OrderConfirmed confirmed -> in(OrderState.CONFIRMED, null);
            case OrderEvent.OrderRejected rejected -> in(OrderState.REJECTED, null);
            case OrderEvent.OrderExpired expired -> in(OrderState.EXPIRED, null);
            case OrderEvent.OrderHeld held -> in(OrderState.ON_HOLD, held.reason());
            case OrderEvent.HoldReleased free -> in(free.state(), null).cleared(isCleared || hold == HoldReason.FRAUD);
            case OrderEvent.QuantitiesLowered lowered -> this;
            case OrderEvent.CancellationRequested requested -> in(OrderState.CANCELLING, null);
            case OrderEvent.OrderCancelled cancelled -> in(OrderState.CANCELLED, null);
            case OrderEvent.OrderClosed closed -> in(OrderState.CLOSED, null);
            case OrderEvent.StockCommitted gone -> withStock(gone.pieces(), committed.plus(gone.pieces()), released);
            case OrderEvent.StockReleased free -> withStock(free.pieces(), committed, released.plus(free.pieces()));
            case OrderEvent.OperationRequested requested -> withOperations(appended(operations, requested.operation()));
            case OrderEvent.OperationMoved moved ->
                withOperations(mapped(
                        operations,
                        one -> one.id().equals(moved.operation()),
                        one -> one.moved(
                                moved.status(),
                                moved.reference(),
                                moved.until(),
                                moved.nextActionUrl(),
                                moved.reason())));
            case OrderEvent.ShipmentRequested requested -> withShipments(appended(shipments, requested.shipment()));
            case OrderEvent.ShipmentMoved moved ->
                withShipments(mapped(
                        shipments,
                        one -> one.id().equals(moved.shipment()),
                        one -> one.moved(moved.status(), moved.reference(), moved.trackingNumber(), moved.reason())));
            case OrderEvent.StockReturned back -> this;
            case OrderEvent.AddressCorrected corrected ->
                charged(corrected.charges()).cleared(false);
            case OrderEvent.ReturnRequested requested -> withReturns(appended(returns, requested.returned()));
            case OrderEvent.ReturnMoved moved ->
                withReturns(mapped(
                        returns,
                        one -> one.id().equals(moved.returned()),
                        one -> one.moved(moved.status(), moved.condition())));
            case OrderEvent.RefundDecided decided -> withRefunds(appended(refunds, decided.refund()));
            case OrderEvent.RefundMoved moved -> refunded(moved.refund(), moved.status());
        };
        return next.counted();
    }

    private Order refunded(UUID refund, RefundStatus status) {
        return withRefunds(mapped(refunds, one -> one.id().equals(refund), one -> one.moved(status)));
    }

    private static <T> List<T> appended(List<T> items, T item) {
        return Stream.concat(items.stream(), Stream.of(item)).toList();
    }

    private static <T> List<T> mapped(List<T> items, Predicate<T> which, UnaryOperator<T> change) {
        if (items.stream().noneMatch(which)) {
            throw new IllegalStateException("there is nothing of that id in this order");
        }
        return items.stream()
                .map(item -> which.test(item) ? change.apply(item) : item)
                .toList();
    }

    private Order in(OrderState next, @Nullable HoldReason reason) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("order " + id + " cannot go from " + state + " to " + next);
        }
        return copy(next, reason, version, committed, released, operations, shipments, refunds, returns);
    }

    private Order withStock(Pieces moved, Pieces nextCommitted, Pieces nextReleased) {
        if (moved.isEmpty() || !held().covers(moved)) {
            throw new IllegalStateException("order " + id + " does not hold " + moved.bySku());
        }
        return copy(state, hold, version, nextCommitted, nextReleased, operations, shipments, refunds, returns);
    }

    private Order withOperations(List<Operation> next) {
        return copy(state, hold, version, committed, released, next, shipments, refunds, returns);
    }

    private Order withShipments(List<Shipment> next) {
        return copy(state, hold, version, committed, released, operations, next, refunds, returns);
    }

    private Order withRefunds(List<Refund> next) {
        return copy(state, hold, version, committed, released, operations, shipments, next, returns);
    }

    private Order withReturns(List<Return> next) {
        return copy(state, hold, version, committed, released, operations, shipments, refunds, next);
    }

    /** What comes with each line, anew; what there is to pay stays as it is. */
    private Order charged(List<Charge> charges) {
        List<OrderLine> next = IntStream.range(0, lines.size())
                .mapToObj(i -> new OrderLine(lines.get(i).goods(), charges.get(i)))
                .toList();
        return rewritten(next, isCleared);
    }

    private Order cleared(boolean byNow) {
        return rewritten(lines, byNow);
    }

    private Order rewritten(List<OrderLine> newLines, boolean isClearedNow) {
        return new Order(
                id,
                buyer,
                addressee,
                state,
                hold,
                isClearedNow,
                version,
                total,
                newLines,
                committed,
                released,
                operations,
                shipments,
                refunds,
                returns,
                numbered,
                placedAt);
    }

    private Order counted() {
        return copy(state, hold, version + 1, committed, released, operations, shipments, refunds, returns);
    }

    private Order copy(
            OrderState newState,
            @Nullable HoldReason newHold,
            long newVersion,
            Pieces newCommitted,
            Pieces newReleased,
            List<Operation> newOperations,
            List<Shipment> newShipments,
            List<Refund> newRefunds,
            List<Return> newReturns) {
        return new Order(
                id,
                buyer,
                addressee,
                newState,
                newHold,
                isCleared,
                newVersion,
                total,
                lines,
                newCommitted,
                newReleased,
                newOperations,
                newShipments,
                newRefunds,
                newReturns,
                newOperations.size() + newShipments.size() + newReturns.size(),
                placedAt);
    }
}
