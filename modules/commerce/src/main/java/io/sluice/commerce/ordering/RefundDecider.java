package io.sluice.commerce.ordering;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.refund.RefundStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whether and how much is paid back. */
final class RefundDecider {

    private RefundDecider() {}

    /** At most what was captured less what went back or is on its way back; the same request again is the same refund. */
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
        Optional<Money> amount = amount(order, wanted, left);
        Optional<Operation> capture =
                order.all(OperationKind.CAPTURE, OperationStatus.SUCCEEDED).findFirst();
        if (amount.isEmpty()) {
            return new Decision.Refused(OrderRefusal.UNKNOWN_SKU);
        }
        if (capture.isEmpty() || !amount.get().isPositive() || amount.get().compareTo(left) > 0) {
            return new Decision.Refused(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        }
        UUID operation = order.nextNumbered();
        PaymentDecider.request(
                story, OperationKind.REFUND, amount.get(), capture.get().reference());
        return story.then(new OrderEvent.RefundDecided(new Refund(
                        operation,
                        amount.get(),
                        wanted.reason(),
                        RefundStatus.EXECUTING,
                        wanted.key(),
                        wanted.fingerprint())))
                .end();
    }

    /** What is to go back; empty if a line names what the order does not hold. */
    private static Optional<Money> amount(Order order, OrderCommand.RefundMoney wanted, Money left) {
        if (wanted.amount() != null) {
            return Optional.of(wanted.amount());
        }
        List<LineWanted> lines = wanted.lines();
        if (lines == null) {
            return Optional.of(left);
        }
        Money sum = Money.zero(order.total().currency());
        for (LineWanted line : lines) {
            Optional<OrderLine> ordered = order.lines().stream()
                    .filter(one -> one.sku().equals(line.sku()) && line.quantity() <= one.quantity())
                    .findFirst();
            if (ordered.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(ordered.get().unitPrice().times(line.quantity()));
        }
        return Optional.of(sum);
    }
}
