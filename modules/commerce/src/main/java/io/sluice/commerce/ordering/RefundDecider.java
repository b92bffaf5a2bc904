package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.money.Shares;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.refund.RefundStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether and how much is paid back, and out of which captures. */
final class RefundDecider {

    private RefundDecider() {}

    /**
     * At most what was captured less what went back or is on its way back, and no piece twice; the same request again is the
     * same refund.
     */
    static Decision decide(Story story, OrderCommand.RefundMoney wanted) {
        Order order = story.order();
        Optional<Refund> same = order.refunds().stream()
                .filter(refund -> refund.key().equals(wanted.key()))
                .findFirst();
        if (same.isPresent()) {
            return same.get().fingerprint().equals(wanted.fingerprint())
                    ? story.end()
                    : new Decision.Refused(OrderRefusal.KEY_REUSED);
        }
        if (wanted.amount() != null
                && !wanted.amount().currency().equals(order.total().currency())) {
            return new Decision.Refused(OrderRefusal.CURRENCY_MISMATCH);
        }
        Pieces pieces = Pieces.of(wanted.lines() == null ? List.of() : wanted.lines());
        if (!order.ordered().bySku().keySet().containsAll(pieces.bySku().keySet())) {
            return new Decision.Refused(OrderRefusal.UNKNOWN_SKU);
        }
        if (!mayGoBack(order, pieces)) {
            return new Decision.Refused(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        }
        Money left = OrderMoney.refundable(order);
        Money amount = amount(order, wanted, pieces, left);
        if (!amount.isPositive() || amount.compareTo(left) > 0) {
            return new Decision.Refused(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        }
        return order.hasRoom()
                ? refund(story, wanted, pieces, amount)
                : new Decision.Refused(OrderRefusal.TOO_MANY_STEPS);
    }

    /** Out of the captures in their order, of each as much as it still has. */
    private static Decision refund(Story story, OrderCommand.RefundMoney wanted, Pieces pieces, Money amount) {
        List<UUID> operations = new ArrayList<>();
        Money rest = amount;
        for (Operation capture : story.order()
                .all(OperationKind.CAPTURE, OperationStatus.SUCCEEDED)
                .toList()) {
            Money has = capture.amount().minus(goneBack(story.order(), capture));
            Money part = has.compareTo(rest) < 0 ? has : rest;
            if (part.isPositive()) {
                operations.add(story.order().nextNumbered());
                PaymentDecider.request(story, OperationKind.REFUND, part, capture.reference());
                rest = rest.minus(part);
            }
        }
        if (rest.isPositive()) { // a capture without a name of its own cannot be paid out of
            return new Decision.Refused(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        }
        return story.then(new OrderEvent.RefundDecided(new Refund(
                        operations,
                        amount,
                        tax(story.order(), pieces, amount),
                        pieces.lines(),
                        wanted.reason(),
                        RefundStatus.EXECUTING,
                        wanted.key(),
                        wanted.fingerprint())))
                .end();
    }

    /** What has gone back out of a capture, or is on its way back; the buyer's bank takes, too. */
    private static Money goneBack(Order order, Operation capture) {
        return OrderMoney.sum(
                order,
                Stream.concat(
                                OrderMoney.on(order, capture, OperationKind.REFUND),
                                OrderMoney.on(order, capture, OperationKind.CHARGEBACK))
                        .filter(one -> OrderMoney.isTakenOrOnItsWay(one.status())));
    }

    /** What is to go back: the amount, or what the pieces cost, or all that is left. */
    private static Money amount(Order order, OrderCommand.RefundMoney wanted, Pieces pieces, Money left) {
        if (wanted.amount() != null) {
            return wanted.amount();
        }
        return wanted.lines() == null ? left : price(order, pieces);
    }

    /** Whether these pieces went out, besides those that have been paid back or are on their way back. */
    static boolean mayGoBack(Order order, Pieces pieces) {
        return order.committed().covers(givenBack(order).plus(pieces));
    }

    /** What these pieces cost, besides those that have been paid back or are on their way back. */
    static Money price(Order order, Pieces pieces) {
        Pieces before = givenBack(order);
        return order.price(before.plus(pieces)).minus(order.price(before));
    }

    /**
     * How much of an amount is tax: as much in proportion as of the price of those pieces; if none are named, of the price of all that
     * went out and has not been paid back. Never more than is left of the tax, and all that is left when the last of the price goes back.
     */
    private static Money tax(Order order, Pieces pieces, Money amount) {
        Money taxLeft = order.tax(order.committed()).minus(OrderMoney.refundedTax(order));
        Money priceLeft = order.price(order.committed()).minus(OrderMoney.decidedBack(order, Refund::amount));
        if (amount.compareTo(priceLeft) >= 0) {
            return taxLeft;
        }
        Money price = price(order, pieces);
        Pieces before = givenBack(order);
        long tax = price.isPositive()
                ? Shares.proportional(
                        amount.minor(),
                        order.tax(before.plus(pieces)).minus(order.tax(before)).minor(),
                        price.minor())
                : Shares.proportional(amount.minor(), taxLeft.minor(), priceLeft.minor());
        return new Money(Math.min(tax, taxLeft.minor()), amount.currency());
    }

    /** Which pieces have been paid back, or are on their way back; a refund that failed gives them free again. */
    private static Pieces givenBack(Order order) {
        return givenBack(order, any -> true);
    }

    static Pieces givenBack(Order order, Predicate<Refund> which) {
        return order.refunds().stream()
                .filter(which)
                .filter(refund -> refund.status() != RefundStatus.FAILED)
                .map(refund -> Pieces.of(refund.lines()))
                .reduce(Pieces.NONE, Pieces::plus);
    }

    /** An operation of a refund has come to rest: so has the refund, if it was the last one. */
    static Story moved(Story story, Operation operation) {
        Order order = story.order();
        Refund refund = order.refunds().stream()
                .filter(one -> one.operations().contains(operation.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("money went back of no refund: " + operation.id()));
        List<OperationStatus> parts = refund.operations().stream()
                .map(id -> order.operation(id).orElseThrow().status())
                .toList();
        if (parts.stream().anyMatch(part -> part.isOpen() || part == OperationStatus.CONFLICTED)) {
            return story;
        }
        long done =
                parts.stream().filter(part -> part == OperationStatus.SUCCEEDED).count();
        RefundStatus status = done == parts.size()
                ? RefundStatus.COMPLETED
                : done == 0 ? RefundStatus.FAILED : RefundStatus.PARTIALLY_FAILED;
        return status == refund.status()
                ? story
                : OrderDecider.closeIfDone(story.then(new OrderEvent.RefundMoved(refund.id(), status)));
    }
}
