package io.sluice.commerce.ordering;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an order makes of what its provider says, or does not say. */
final class PaymentDecider {

    private PaymentDecider() {}

    @CanIgnoreReturnValue
    static Story request(Story story, OperationKind kind, Money amount, @Nullable String onReference) {
        return request(story, kind, amount, false, onReference);
    }

    private static Story request(
            Story story, OperationKind kind, Money amount, boolean isFinal, @Nullable String onReference) {
        UUID id = story.order().nextNumbered();
        return story.then(
                        new OrderEvent.OperationRequested(Operation.requested(id, kind, amount, isFinal, onReference)))
                .causing(Effect.now(effect(kind), id));
    }

    static Effect.Kind effect(OperationKind kind) {
        return switch (kind) {
            case AUTHORIZE -> Effect.Kind.AUTHORISE;
            case CAPTURE -> Effect.Kind.CAPTURE;
            case VOID -> Effect.Kind.VOID;
            case REFUND -> Effect.Kind.REFUND;
        };
    }

    /** A provider's word. Repeated, late or backward words change nothing. */
    static Decision record(Story story, OrderCommand.RecordOperation said, OrderRules rules) {
        Optional<Operation> found = story.order().operation(said.operation());
        if (found.isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOT_FOUND);
        }
        Operation operation = found.get();
        OperationStatus status = isConflicting(operation, said) ? OperationStatus.CONFLICTED : said.status();
        if (!operation.isNews(status, said.nextActionUrl())) {
            return story.end();
        }
        story.then(new OrderEvent.OperationMoved(
                operation.id(), status, said.reference(), said.nextActionUrl(), said.reason()));
        Operation moved = story.order().operation(operation.id()).orElseThrow();
        if (moved.status() == operation.status()) {
            return ask(story, moved.id(), OrderDecider.LATER_QUESTION).end(); // only the address was missing
        }
        return consequences(story, moved, rules).end();
    }

    /** Money moved, and not as asked or nobody says how much. A void moves none: it ends whatever was authorised. */
    private static boolean isConflicting(Operation operation, OrderCommand.RecordOperation said) {
        return said.status() == OperationStatus.SUCCEEDED
                && operation.kind() != OperationKind.VOID
                && !operation.amount().equals(said.moved());
    }

    private static Story consequences(Story story, Operation operation, OrderRules rules) {
        return switch (operation.status()) {
            case SUCCEEDED -> succeeded(story, operation, rules);
            case DECLINED, ERRORED, EXPIRED -> failed(story, operation);
            case CONFLICTED ->
                operation.kind() == OperationKind.AUTHORIZE
                                && story.order().state().isDead()
                        ? unwind(story)
                        : OrderDecider.hold(story, HoldReason.CONFLICT);
            case REQUIRES_ACTION -> {
                if (story.order().state().isDead()) {
                    yield unwind(story);
                }
                story.causing(new Effect(Effect.Kind.EXPIRE, operation.id(), OrderDecider.PAYMENT_WINDOW));
                // without an address the buyer cannot go on: the provider is asked for it
                boolean saysWhere = operation.nextActionUrl() != null;
                yield ask(story, operation.id(), saysWhere ? OrderDecider.LATER_QUESTION : OrderDecider.FIRST_QUESTION);
            }
            // the provider calls back; should its callback be lost, it is asked
            case PENDING -> ask(story, operation.id(), OrderDecider.LATER_QUESTION);
            case UNKNOWN -> ask(story, operation.id(), OrderDecider.FIRST_QUESTION);
            case REQUESTED -> story;
        };
    }

    private static Story succeeded(Story story, Operation operation, OrderRules rules) {
        return switch (operation.kind()) {
            case AUTHORIZE -> {
                if (story.order().state().isDead()) {
                    yield unwind(story);
                }
                if (story.order().state() == OrderState.PLACED) {
                    story.then(new OrderEvent.OrderConfirmed());
                    yield ShippingDecider.goOn(story, rules);
                }
                yield story;
            }
            case CAPTURE -> OrderDecider.closeIfDone(settleRest(story));
            case VOID -> {
                // one that waited for the buyer cannot be finished any more
                story.order()
                        .all(OperationKind.AUTHORIZE, OperationStatus.REQUIRES_ACTION)
                        .forEach(one -> story.then(new OrderEvent.OperationMoved(
                                one.id(), OperationStatus.EXPIRED, null, null, "voided")));
                yield OrderDecider.closeIfDone(released(story));
            }
            case REFUND -> RefundDecider.moved(story, operation);
        };
    }

    private static Story failed(Story story, Operation operation) {
        return switch (operation.kind()) {
            case AUTHORIZE -> {
                if (story.order().state() == OrderState.PLACED) {
                    OrderDecider.releaseStock(story);
                    yield story.then(new OrderEvent.OrderRejected());
                }
                yield story.order().state() == OrderState.CANCELLING ? released(story) : story;
            }
            // the goods are on their way: the debt stands, the order stays open and shows it
            case CAPTURE -> story;
            // where the rest of what was taken from is not let go, it lapses by itself; nobody has to look at the order
            // for that
            case VOID ->
                story.order().state().isDead()
                        ? OrderDecider.hold(story, HoldReason.CONFLICT)
                        : OrderDecider.closeIfDone(story);
            case REFUND -> RefundDecider.moved(story, operation);
        };
    }

    /** Takes what is owed for what has gone out; with the last of it, the rest of the authorisation is let go. */
    @CanIgnoreReturnValue
    static Story capture(Story story) {
        Order order = story.order();
        Money owed = order.owed();
        Optional<Operation> authorisation =
                order.all(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED).findFirst();
        if (!owed.isPositive() || authorisation.isEmpty()) {
            return story;
        }
        // while another capture is under way, or has failed, letting go could lose what that one is to take
        boolean isLast = order.hasAllGoneOut() && order.captured().plus(owed).equals(order.price(order.committed()));
        return request(
                story, OperationKind.CAPTURE, owed, isLast, authorisation.get().reference());
    }

    /** Staff try again to take what is owed. What is being taken, or has been, is not owed. */
    static Decision captureOwed(Story story) {
        Order order = story.order();
        if (order.committed().isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOTHING_OWED);
        }
        return order.hasRoom() ? capture(story).end() : new Decision.Refused(OrderRefusal.TOO_MANY_STEPS);
    }

    /** Lets go of what is authorised beyond what was taken, once nothing more will be taken and no capture has let go of it. */
    @CanIgnoreReturnValue
    static Story settleRest(Story story) {
        Order order = story.order();
        Money captured = order.captured();
        boolean isTaken = captured.isPositive() && captured.equals(order.price(order.committed()));
        boolean isLetGo = isVoiding(order)
                || order.all(OperationKind.CAPTURE)
                        .anyMatch(one -> one.status().isOpen()
                                || (one.isFinal() && one.status().holdsMoney()));
        Optional<Operation> authorisation =
                order.all(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED).findFirst();
        if (!isTaken || isLetGo || !order.hasAllGoneOut() || authorisation.isEmpty()) {
            return story;
        }
        Money rest = authorisation.get().amount().minus(captured);
        return rest.isPositive()
                ? request(story, OperationKind.VOID, rest, authorisation.get().reference())
                : story;
    }

    /** Money and stock of a cancelled order are free: now it is cancelled. */
    private static Story released(Story story) {
        boolean isOver = story.order().state() == OrderState.CANCELLING
                && story.order().operations().stream()
                        .noneMatch(one -> one.status().isOpen() && one.kind() != OperationKind.AUTHORIZE);
        return isOver ? OrderDecider.releaseStock(story).then(new OrderEvent.OrderCancelled()) : story;
    }

    /**
     * Gives an authorisation back on an order that no longer wants it: what is authorised, if only in part, or waits for the
     * buyer, is voided;
     * what the provider still works on is voided when it succeeds; with nothing authorised the order is free at once.
     */
    static Story unwind(Story story) {
        Order order = story.order();
        Optional<Operation> toVoid = order.all(OperationKind.AUTHORIZE)
                .filter(one -> one.status().holdsMoney() || one.status() == OperationStatus.REQUIRES_ACTION)
                .findFirst();
        boolean isVoiding = isVoiding(order);
        if (toVoid.isPresent() && !isVoiding) {
            return request(
                    story,
                    OperationKind.VOID,
                    toVoid.get().amount(),
                    toVoid.get().reference());
        }
        boolean mayStillSucceed =
                order.all(OperationKind.AUTHORIZE).anyMatch(one -> one.status().isOpen());
        return mayStillSucceed || isVoiding ? story : released(story);
    }

    private static boolean isVoiding(Order order) {
        return order.all(OperationKind.VOID)
                .anyMatch(one -> one.status().isOpen() || one.status() == OperationStatus.SUCCEEDED);
    }

    private static Story ask(Story story, UUID operationId, Duration delay) {
        return story.causing(new Effect(Effect.Kind.ASK_PROVIDER, operationId, delay));
    }

    /** No answer: what happened is not known, and is asked for. */
    static Decision silent(Story story, UUID operationId) {
        Optional<Operation> operation = story.order().operation(operationId);
        if (operation.isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOT_FOUND);
        }
        OperationStatus status = operation.get().status();
        if (status == OperationStatus.REQUESTED) {
            story.then(new OrderEvent.OperationMoved(operationId, OperationStatus.UNKNOWN, null, null, null));
        }
        // silent once more after it was sent again: asked once more
        return status == OperationStatus.REQUESTED || status == OperationStatus.UNKNOWN
                ? ask(story, operationId, OrderDecider.FIRST_QUESTION).end()
                : story.end();
    }

    /** The provider never had it: once more, under the same key. */
    static Decision resend(Story story, UUID operationId) {
        Optional<Operation> operation = story.order().operation(operationId);
        if (operation.isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOT_FOUND);
        }
        boolean isToBeSent = operation.get().status() == OperationStatus.UNKNOWN
                || operation.get().status() == OperationStatus.REQUESTED;
        return isToBeSent
                ? story.causing(Effect.now(effect(operation.get().kind()), operationId))
                        .end()
                : story.end();
    }
}
