package io.sluice.commerce.ordering;

import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Quote;
import io.sluice.commerce.fraud.Suspicion;
import io.sluice.commerce.money.Money;
import java.util.List;
import java.util.function.Function;

/** An order as its buyer and the staff see it. */
public final class OrderSummaries {

    private OrderSummaries() {}

    public static OrderSummary of(Order order) {
        return new OrderSummary(
                order.id(),
                order.state().name(),
                order.hold() == null ? null : order.hold().name(),
                order.hold() == HoldReason.FRAUD
                        ? order.suspicion().map(Suspicion::code).orElse(null)
                        : null,
                order.version(),
                quote(order.lines()),
                order.released().lines(),
                order.shipments().stream()
                        .map(parcel -> new OrderSummary.Parcel(
                                parcel.id(),
                                parcel.status().name(),
                                parcel.trackingNumber(),
                                parcel.pieces().lines()))
                        .toList(),
                order.returns().stream()
                        .map(one -> new OrderSummary.Return(
                                one.id(),
                                one.status().name(),
                                one.reason(),
                                one.pieces().lines()))
                        .toList(),
                order.captured().minor(),
                order.refunded().minor(),
                OrderMoney.refundedTax(order).minor(),
                OrderStatuses.payment(order),
                OrderStatuses.fulfilment(order),
                OrderStatuses.nextAction(order).orElse(null),
                order.placedAt().toEpochMilli());
    }

    /** What an order of these lines costs; there is at least one. */
    static Quote quote(List<OrderLine> lines) {
        return new Quote(
                lines.getFirst().total().currency(),
                sum(lines, OrderLine::total),
                lines.stream()
                        .map(line -> new Quote.Line(
                                line.sku(),
                                line.quantity(),
                                line.goods().unitPrice().minor(),
                                line.goods().price().minor(),
                                line.charge().rate().thousandths(),
                                line.tax().minor()))
                        .toList(),
                sum(lines, line -> line.charge().shipping()),
                sum(lines, OrderLine::tax),
                lines.stream().noneMatch(line -> line.charge().isTaxOnTop()));
    }

    private static long sum(List<OrderLine> lines, Function<OrderLine, Money> part) {
        return lines.stream().map(part).mapToLong(Money::minor).sum();
    }
}
