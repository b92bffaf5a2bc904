package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.refund.RefundStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What an order's operations come to: what stands, what is still to be taken, and out of what. */
final class OrderMoney {

    private OrderMoney() {}

    /** The sum of the operations of that kind for which the condition holds. */
    static Money sum(Order order, OperationKind kind, Predicate<OperationStatus> condition) {
        return sum(order, order.all(kind).filter(one -> condition.test(one.status())));
    }

    static Money sum(Order order, Stream<Operation> operations) {
        return operations.map(Operation::amount).reduce(Money.zero(order.total().currency()), Money::plus);
    }

    static boolean isTakenOrOnItsWay(OperationStatus status) {
        return status.holdsMoney() || status.isOpen();
    }

    /** What has been taken, or is being taken; also where the provider says another amount. */
    static Money taken(Order order) {
        return sum(order, OperationKind.CAPTURE, OrderMoney::isTakenOrOnItsWay);
    }

    /** What is to be paid for the pieces that have gone out, and neither has been taken nor is being taken. */
    static Money owed(Order order) {
        return order.price(order.committed()).minus(taken(order));
    }

    /** What all that is wanted costs, less what has been taken or is being taken. */
    static Money outstanding(Order order) {
        return order.price(order.wanted()).minus(taken(order));
    }

    /** How much of what was decided to be given back is tax; not of what has failed as a whole. */
    static Money refundedTax(Order order) {
        return decidedBack(order, Refund::tax);
    }

    /** What that part of all refunds comes to that have not failed as a whole. */
    static Money decidedBack(Order order, Function<Refund, Money> part) {
        return order.refunds().stream()
                .filter(refund -> refund.status() != RefundStatus.FAILED)
                .map(part)
                .reduce(Money.zero(order.total().currency()), Money::plus);
    }

    /** What buyers' banks have taken back. */
    static Money chargedBack(Order order) {
        return sum(order, OperationKind.CHARGEBACK, status -> status == OperationStatus.SUCCEEDED);
    }

    /** What may still be given back: captured, and neither given back, nor on its way back, nor charged back. */
    static Money refundable(Order order) {
        return order.captured().minus(order.refundedOrPending()).minus(chargedBack(order));
    }

    /** The operations on what the provider calls by that operation's reference. */
    static Stream<Operation> on(Order order, Operation operation, OperationKind kind) {
        return order.all(kind).filter(one -> Objects.equals(one.onReference(), operation.reference()));
    }

    /** The authorisation that a capture or a void works on. */
    static Optional<Operation> authorisationOf(Order order, Operation operation) {
        return order.all(OperationKind.AUTHORIZE)
                .filter(one -> Objects.equals(one.reference(), operation.onReference()))
                .findFirst();
    }

    /** An authorisation that may be taken from. */
    static Optional<Operation> standing(Order order) {
        return order.all(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED)
                .filter(one -> room(order, one).isPositive())
                .findFirst();
    }

    /**
     * How much of an authorisation nobody has taken or let go, or is about to. What was taken and then failed after all has used it up
     * all the same: a provider does not give room back.
     */
    static Money room(Order order, Operation authorisation) {
        boolean isLetGo = isVoiding(order, authorisation)
                || on(order, authorisation, OperationKind.CAPTURE)
                        .anyMatch(one -> one.isFinal() && hasUsedRoom(one.status()));
        Money used =
                sum(order, on(order, authorisation, OperationKind.CAPTURE).filter(one -> hasUsedRoom(one.status())));
        return isLetGo
                ? Money.zero(order.total().currency())
                : authorisation.amount().minus(used);
    }

    private static boolean hasUsedRoom(OperationStatus status) {
        return isTakenOrOnItsWay(status) || status == OperationStatus.REVERSED;
    }

    /** Whether an authorisation is let go, or is about to be. */
    static boolean isVoiding(Order order, Operation authorisation) {
        return isLetGo(order, authorisation)
                || on(order, authorisation, OperationKind.VOID)
                        .anyMatch(one -> one.status().isOpen());
    }

    static boolean isLetGo(Order order, Operation authorisation) {
        return on(order, authorisation, OperationKind.VOID).anyMatch(one -> one.status() == OperationStatus.SUCCEEDED);
    }

    /** Whether it is not known yet what will have been taken. */
    static boolean isTaking(Order order) {
        return order.all(OperationKind.CAPTURE).anyMatch(one -> one.status().isOpen());
    }

    /** Whether it is not known yet what will be held at the provider. */
    static boolean isAuthorisingOrVoiding(Order order) {
        return Stream.concat(order.all(OperationKind.AUTHORIZE), order.all(OperationKind.VOID))
                .anyMatch(one -> one.status().isOpen());
    }

    /** Whether all that may still go out can be paid for. */
    static boolean isCovered(Order order) {
        return !outstanding(order).isPositive() || standing(order).isPresent();
    }
}
