package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import java.util.stream.Stream;

/** What holds of every order at every moment. A decision that would break one of these is a fault and changes nothing. */
final class OrderInvariants {

    private OrderInvariants() {}

    /** @param before the order before the decision */
    static void check(Order before, Order order) {
        stock(order);
        money(before, order);
        if (order.state() == OrderState.CANCELLED) {
            boolean isMoneyOpen = order.all(OperationKind.AUTHORIZE)
                    .filter(one -> one.status().holdsMoney())
                    .anyMatch(one -> !OrderMoney.isLetGo(order, one));
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

    private static void money(Order before, Order order) {
        order.all(OperationKind.AUTHORIZE).forEach(one -> authorisation(order, one));
        require(
                order,
                OrderMoney.taken(order).compareTo(order.price(order.committed())) <= 0,
                "captured ≤ what has gone out");
        // a bank may take back what has been given back already, a provider undo what was taken: facts, which we do not
        // make worse
        boolean isGivingMore = order.refundedOrPending().compareTo(before.refundedOrPending()) > 0;
        require(
                order,
                !isGivingMore || OrderMoney.refundable(order).minor() >= 0,
                "refunded + refund pending ≤ captured − charged back");
    }

    /** What has lapsed of it is what is left. */
    private static void authorisation(Order order, Operation authorisation) {
        Money used = OrderMoney.sum(
                order,
                Stream.concat(
                        OrderMoney.on(order, authorisation, OperationKind.CAPTURE)
                                .filter(one -> OrderMoney.isTakenOrOnItsWay(one.status())),
                        OrderMoney.on(order, authorisation, OperationKind.VOID)
                                .filter(one -> one.status() == OperationStatus.SUCCEEDED)));
        require(order, used.compareTo(authorisation.amount()) <= 0, "captured + voided + expired ≤ authorised");
    }

    private static void require(Order order, boolean holds, String law) {
        if (!holds) {
            throw new IllegalStateException("order " + order.id() + " would break: " + law);
        }
    }
}
