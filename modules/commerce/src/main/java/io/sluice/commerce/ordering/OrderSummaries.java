package io.sluice.commerce.ordering;

import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.fraud.Suspicion;

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
                order.total().currency(),
                order.total().minor(),
                order.lines().stream()
                        .map(line -> new OrderSummary.Line(
                                line.sku(),
                                line.quantity(),
                                line.unitPrice().minor(),
                                line.total().minor()))
                        .toList(),
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
                OrderStatuses.payment(order),
                OrderStatuses.fulfilment(order),
                OrderStatuses.nextAction(order).orElse(null),
                order.placedAt().toEpochMilli());
    }
}
