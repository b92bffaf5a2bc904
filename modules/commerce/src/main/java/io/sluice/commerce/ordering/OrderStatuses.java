package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.List;
import java.util.Optional;

/** The two summaries of an order's money and parcels, in the API's words. Derived each time; never stored as truth. */
public final class OrderStatuses {

    private static final String TROUBLE = "exception";
    private static final List<String> PROGRESS =
            List.of("requested", "accepted", "in_transit", "delivered", "returned");

    private OrderStatuses() {}

    public static String payment(Order order) {
        Money captured = order.captured();
        if (captured.isPositive()) {
            if (OrderMoney.chargedBack(order).isPositive()) {
                return "charged_back";
            }
            Money refunded = order.refunded();
            if (refunded.isPositive()) {
                return refunded.compareTo(captured) >= 0 ? "refunded" : "partially_refunded";
            }
            return captured.compareTo(order.price(order.wanted())) >= 0 ? "captured" : "partially_captured";
        }
        if (order.operations().isEmpty()) {
            return "none";
        }
        Operation latest = order.authorisation();
        return OrderMoney.isLetGo(order, latest) ? "voided" : authorisation(latest.status());
    }

    private static String authorisation(OperationStatus status) {
        return switch (status) {
            case SUCCEEDED -> "authorised";
            case REQUIRES_ACTION -> "requires_action";
            case DECLINED, ERRORED -> "declined";
            case EXPIRED, REVERSED -> "expired";
            case REQUESTED, PENDING, UNKNOWN, CONFLICTED -> "pending";
        };
    }

    /**
     * What the order's parcels have come to: trouble first, then how far the slowest has come. While pieces are left to be sent the
     * order as a whole is in transit at most.
     */
    public static String fulfilment(Order order) {
        List<String> parcels = order.shipments().stream()
                .filter(parcel -> parcel.status() != ShipmentStatus.CANCELLED)
                .map(parcel -> fulfilment(parcel.status()))
                .toList();
        if (parcels.isEmpty()) {
            return order.shipments().isEmpty() ? "none" : TROUBLE;
        }
        if (parcels.contains(TROUBLE)) {
            return TROUBLE;
        }
        int slowest = parcels.stream().mapToInt(PROGRESS::indexOf).min().orElseThrow();
        int furthest = order.left().isEmpty() ? slowest : Math.min(slowest, PROGRESS.indexOf("in_transit"));
        return PROGRESS.get(furthest);
    }

    private static String fulfilment(ShipmentStatus status) {
        return switch (status) {
            case REQUESTED, UNKNOWN -> "requested";
            case ACCEPTED -> "accepted";
            case IN_TRANSIT, OUT_FOR_DELIVERY -> "in_transit";
            case DELIVERED -> "delivered";
            case RETURNING, RETURNED -> "returned";
            case EXCEPTION, LOST, CANCELLED -> TROUBLE;
        };
    }

    /** Where the buyer must go, if anywhere. */
    public static Optional<String> nextAction(Order order) {
        return order.state().isDead()
                ? Optional.empty()
                : order.all(OperationKind.AUTHORIZE, OperationStatus.REQUIRES_ACTION)
                        .findFirst()
                        .map(Operation::nextActionUrl);
    }
}
