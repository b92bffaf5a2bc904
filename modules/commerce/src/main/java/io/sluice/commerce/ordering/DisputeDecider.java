package io.sluice.commerce.ordering;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import java.util.Optional;
import java.util.UUID;

/** Money that had moved and is taken back: by the buyer's bank, or because it had not moved after all. */
final class DisputeDecider {

    private DisputeDecider() {}

    /**
     * The buyer's bank takes back what was captured, or has given it up again. A second word about the same dispute, or one that comes
     * after its end, changes nothing; one about another amount is refused, for what is true of it a person has to find out. What has not
     * gone out yet waits for a person.
     */
    static Decision chargeback(Story story, OrderCommand.RecordChargeback said, OrderRules rules) {
        Order order = story.order();
        Optional<Operation> payment = order.operation(said.payment())
                .filter(one -> one.kind() == OperationKind.CAPTURE || one.kind() == OperationKind.AUTHORIZE);
        if (payment.isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOT_FOUND);
        }
        OperationStatus status = said.isWon() ? OperationStatus.REVERSED : OperationStatus.SUCCEEDED;
        Optional<Operation> known = order.all(OperationKind.CHARGEBACK)
                .filter(one -> said.reference().equals(one.reference()))
                .findFirst();
        if (known.isPresent() && !known.get().amount().equals(said.amount())) {
            return new Decision.Refused(CallbackRefusal.AMOUNT_DIFFERS);
        }
        if (known.isPresent()) {
            return known.get().status().mayBecome(status)
                    ? move(story, known.get().id(), status, said).end()
                    : story.end();
        }
        if (!said.amount().currency().equals(order.total().currency())) {
            return new Decision.Refused(OrderRefusal.CURRENCY_MISMATCH);
        }
        UUID id = order.nextNumbered();
        story.then(new OrderEvent.OperationRequested(Operation.requested(
                id,
                OperationKind.CHARGEBACK,
                said.amount(),
                false,
                payment.get().reference())));
        move(story, id, status, said);
        if (said.isWon()) {
            return story.end();
        }
        return OrderDecider.closeIfDone(tooMuchGone(story)).order().state() == OrderState.CONFIRMED
                ? ReviewDecider.hold(story, HoldReason.FRAUD, rules).end()
                : story.end();
    }

    @CanIgnoreReturnValue
    private static Story move(
            Story story, UUID chargeback, OperationStatus status, OrderCommand.RecordChargeback said) {
        return story.then(
                new OrderEvent.OperationMoved(chargeback, status, said.reference(), null, null, said.reason()));
    }

    /** What had been taken or given has not moved after all; staff see that it is owed. */
    static Story reversed(Story story, Operation operation) {
        return switch (operation.kind()) {
            case CAPTURE -> tooMuchGone(story);
            case REFUND -> RefundDecider.moved(story, operation);
            case AUTHORIZE, VOID, CHARGEBACK -> story;
        };
    }

    /**
     * More has gone back than there was to give: what of it is right, a person has to find out. A dispute may overtake the word that
     * its capture has succeeded; what is still being taken is not missing yet.
     */
    static Story tooMuchGone(Story story) {
        Order order = story.order();
        Money left = OrderMoney.refundable(order)
                .plus(OrderMoney.sum(order, OperationKind.CAPTURE, OperationStatus::isOpen));
        return left.minor() < 0 ? OrderDecider.hold(story, HoldReason.CONFLICT) : story;
    }
}
