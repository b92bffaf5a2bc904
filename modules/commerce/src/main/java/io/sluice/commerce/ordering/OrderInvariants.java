package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;

/** What holds of every order at every moment. A decision that would break one of these is a fault and changes nothing. */
final class OrderInvariants {

    private OrderInvariants() {}

    static void check(Order order) {
        Money authorised = order.sum(OperationKind.AUTHORIZE, OperationStatus::holdsMoney);
        Money taken = order.sum(OperationKind.CAPTURE, status -> status.holdsMoney() || status.isOpen());
        Money voided = order.sum(OperationKind.VOID, status -> status == OperationStatus.SUCCEEDED);
        boolean isVoidOfUnfinished = authorised.minor() == 0;
        require(
                order,
                isVoidOfUnfinished || taken.plus(voided).compareTo(authorised) <= 0,
                "captured + voided ≤ authorised");
        require(order, order.refundedOrPending().compareTo(order.captured()) <= 0, "refunded + pending ≤ captured");
        if (order.state() == OrderState.CANCELLED) {
            require(order, order.reservation() != Reservation.HELD, "a cancelled order holds no stock");
            boolean isMoneyOpen = voided.minor() == 0 && authorised.minor() > 0;
            require(order, !isMoneyOpen, "a cancelled order has no open authorisation");
        }
        if (order.state() == OrderState.REJECTED || order.state() == OrderState.EXPIRED) {
            require(order, order.reservation() == Reservation.RELEASED, "a dead order holds no stock");
        }
    }

    private static void require(Order order, boolean holds, String law) {
        if (!holds) {
            throw new IllegalStateException("order " + order.id() + " would break: " + law);
        }
    }
}
