package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.Shipment;
import java.util.Optional;

/** The two summaries of an order's money and parcels, in the API's words. Derived each time; never stored as truth. */
public final class OrderStatuses {

    private OrderStatuses() {}

    public static String payment(Order order) {
        Money captured = order.captured();
        if (captured.isPositive()) {
            Money refunded = order.sum(OperationKind.REFUND, status -> status == OperationStatus.SUCCEEDED);
            if (refunded.isPositive()) {
                return refunded.compareTo(captured) >= 0 ? "refunded" : "partially_refunded";
            }
            return captured.compareTo(order.total()) >= 0 ? "captured" : "partially_captured";
        }
        if (order.all(OperationKind.VOID, OperationStatus.SUCCEEDED).findAny().isPresent()) {
            return "voided";
        }
        Optional<Operation> authorisation = order.all(OperationKind.AUTHORIZE).findFirst();
        return authorisation.map(one -> authorisation(one.status())).orElse("none");
    }

    private static String authorisation(OperationStatus status) {
        return switch (status) {
            case SUCCEEDED -> "authorised";
            case REQUIRES_ACTION -> "requires_action";
            case DECLINED, ERRORED -> "declined";
            case EXPIRED -> "voided";
            case REQUESTED, PENDING, UNKNOWN, CONFLICTED -> "pending";
        };
    }

    public static String fulfilment(Order order) {
        Optional<Shipment> last = order.shipments().stream().reduce((first, second) -> second);
        return last.map(shipment -> switch (shipment.status()) {
                    case REQUESTED, UNKNOWN -> "requested";
                    case ACCEPTED -> "accepted";
                    case IN_TRANSIT, OUT_FOR_DELIVERY -> "in_transit";
                    case DELIVERED -> "delivered";
                    case RETURNING, RETURNED -> "returned";
                    case EXCEPTION, LOST, CANCELLED -> "exception";
                })
                .orElse("none");
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
