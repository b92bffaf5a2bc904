package io.sluice.commerce.ordering;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.refund.RefundStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whether and how much is paid back. */
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
        Money left = order.captured().minus(order.refundedOrPending());
        List<LineWanted> lines = wanted.lines() == null ? List.of() : wanted.lines();
        if (lines.stream().anyMatch(line -> ordered(order, line.sku()) == 0)) {
            return new Decision.Refused(OrderRefusal.UNKNOWN_SKU);
        }
        Map<String, Integer> pieces = pieces(order);
        lines.forEach(line -> pieces.merge(line.sku(), line.quantity(), Math::addExact));
        if (pieces.entrySet().stream().anyMatch(one -> one.getValue() > ordered(order, one.getKey()))) {
            return new Decision.Refused(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        }
        Money amount = amount(order, wanted, left);
        Optional<Operation> capture =
                order.all(OperationKind.CAPTURE, OperationStatus.SUCCEEDED).findFirst();
        if (capture.isEmpty() || !amount.isPositive() || amount.compareTo(left) > 0) {
            return new Decision.Refused(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        }
        UUID operation = order.nextNumbered();
        PaymentDecider.request(
                story, OperationKind.REFUND, amount, capture.get().reference());
        return story.then(new OrderEvent.RefundDecided(new Refund(
                        operation,
                        amount,
                        lines,
                        wanted.reason(),
                        RefundStatus.EXECUTING,
                        wanted.key(),
                        wanted.fingerprint())))
                .end();
    }

    /** What is to go back: the amount, or what the pieces cost, or all that is left. */
    private static Money amount(Order order, OrderCommand.RefundMoney wanted, Money left) {
        if (wanted.amount() != null) {
            return wanted.amount();
        }
        List<LineWanted> lines = wanted.lines();
        return lines == null
                ? left
                : lines.stream()
                        .map(line -> price(order, line.sku()).times(line.quantity()))
                        .reduce(Money.zero(order.total().currency()), Money::plus);
    }

    /** How many pieces of it were ordered. */
    private static int ordered(Order order, String sku) {
        return order.lines().stream()
                .filter(line -> line.sku().equals(sku))
                .mapToInt(OrderLine::quantity)
                .sum();
    }

    private static Money price(Order order, String sku) {
        return order.lines().stream()
                .filter(line -> line.sku().equals(sku))
                .map(OrderLine::unitPrice)
                .findFirst()
                .orElseThrow();
    }

    /** How many pieces of each have been paid back, or are on their way back; a refund that failed gives them free again. */
    private static Map<String, Integer> pieces(Order order) {
        Map<String, Integer> pieces = new HashMap<>();
        order.refunds().stream()
                .filter(refund -> refund.status() != RefundStatus.FAILED)
                .flatMap(refund -> refund.lines().stream())
                .forEach(line -> pieces.merge(line.sku(), line.quantity(), Math::addExact));
        return pieces;
    }
}
