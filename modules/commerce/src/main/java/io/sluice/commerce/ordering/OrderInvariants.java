package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;

/** What holds of every order at every moment. A decision that would break one of these is a fault and changes nothing. */
final class OrderInvariants {

    private OrderInvariants() {}

    static void check(Order order) {
        stock(order);
        money(order);
        if (order.state() == OrderState.CANCELLED) {
            boolean isMoneyOpen =
                    order.sum(OperationKind.VOID, OrderInvariants::isDone).minor() == 0
                            && order.sum(OperationKind.AUTHORIZE, OperationStatus::holdsMoney)
                                    .isPositive();
            require(order, !isMoneyOpen, "a cancelled order has no open authorisation");
        }
    }

    private static void stock(Order order) {
        require(
                order,
                order.ordered().covers(order.committed().plus(order.released())),
                "committed + released ≤ ordered");
        require(
                order,
                order.committed().equals(order.pieces(parcel -> parcel.status().isHandedOver())),
                "committed is what the carrier has been handed");
        boolean isOver = order.state().isDead() && order.state() != OrderState.CANCELLING;
        require(order, !isOver || order.wanted().isEmpty(), "a dead order holds no stock, and nothing of it went out");
    }

    private static void money(Order order) {
        Money authorised = order.sum(OperationKind.AUTHORIZE, OperationStatus::holdsMoney);
        Money taken = order.sum(OperationKind.CAPTURE, status -> status.holdsMoney() || status.isOpen());
        Money voided = order.sum(OperationKind.VOID, OrderInvariants::isDone);
        boolean isVoidOfUnfinished = authorised.minor() == 0;
        require(
                order,
                isVoidOfUnfinished || taken.plus(voided).compareTo(authorised) <= 0,
                "captured + voided ≤ authorised");
        require(order, taken.compareTo(order.price(order.committed())) <= 0, "captured ≤ what has gone out");
        require(order, order.refundedOrPending().compareTo(order.captured()) <= 0, "refunded + pending ≤ captured");
    }

    private static boolean isDone(OperationStatus status) {
        return status == OperationStatus.SUCCEEDED;
    }

    private static void require(Order order, boolean holds, String law) {
        if (!holds) {
            throw new IllegalStateException("order " + order.id() + " would break: " + law);
        }
    }
}
