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
            case CHARGEBACK -> throw new IllegalArgumentException("nobody here asks for a chargeback");
        };
    }

    /** A provider's word. Repeated, late or backward words change nothing. */
    static Decision record(Story story, OrderCommand.RecordOperation said, OrderRules rules) {
        Optional<Operation> found = story.order().operation(said.operation());
        if (found.isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOT_FOUND);
        }
        Operation operation = found.get();
        OperationStatus status = meant(operation, said);
        if (!operation.isNews(status, said.nextActionUrl())) {
            return story.end();
        }
        boolean isGranted = operation.kind() == OperationKind.AUTHORIZE && status.holdsMoney();
        story.then(new OrderEvent.OperationMoved(
                operation.id(),
                status,
                said.reference(),
                isGranted ? story.now().plus(rules.authorisedFor()) : null,
                said.nextActionUrl(),
                said.reason()));
        Operation moved = story.order().operation(operation.id()).orElseThrow();
        if (moved.status() == operation.status()) {
            return ask(story, moved.id(), OrderDecider.LATER_QUESTION).end(); // only the address was missing
        }
        return consequences(story, operation, moved, rules).end();
    }

    /** What a provider's word comes to: only an authorisation lapses, and only money that moved can come back. */
    private static OperationStatus meant(Operation operation, OrderCommand.RecordOperation said) {
        if (isConflicting(operation, said)) {
            return OperationStatus.CONFLICTED;
        }
        boolean isAuthorisation = operation.kind() == OperationKind.AUTHORIZE;
        return switch (said.status()) {
            case REVERSED ->
                isAuthorisation
                        ? OperationStatus.EXPIRED
                        : operation.kind() == OperationKind.VOID ? OperationStatus.ERRORED : OperationStatus.REVERSED;
            case EXPIRED -> isAuthorisation ? OperationStatus.EXPIRED : OperationStatus.ERRORED;
            default -> said.status();
        };
    }

    /** Money moved, and not as asked or nobody says how much. A void moves none: it ends whatever was authorised. */
    private static boolean isConflicting(Operation operation, OrderCommand.RecordOperation said) {
        return said.status() == OperationStatus.SUCCEEDED
                && operation.kind() != OperationKind.VOID
                && !operation.amount().equals(said.moved());
    }

    private static Story consequences(Story story, Operation before, Operation operation, OrderRules rules) {
        return switch (operation.status()) {
            case SUCCEEDED -> succeeded(story, operation, rules);
            case DECLINED, ERRORED -> failed(story, operation);
            case EXPIRED ->
                before.status().holdsMoney() ? AuthorisationDecider.lapsed(story) : failed(story, operation);
            case REVERSED ->
                before.status() == OperationStatus.SUCCEEDED
                        ? DisputeDecider.reversed(story, operation)
                        : failed(story, operation);
            case CONFLICTED -> conflicting(story, operation);
            case REQUIRES_ACTION -> {
                if (story.order().state().isDead()) {
                    yield AuthorisationDecider.unwind(story);
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

    /** What nobody can make use of goes back by itself; all else a person has to look at. */
    private static Story conflicting(Story story, Operation operation) {
        boolean isAuthorisation = operation.kind() == OperationKind.AUTHORIZE;
        if (isAuthorisation && story.order().state().isDead()) {
            return AuthorisationDecider.unwind(story);
        }
        // asked for anew, and of no use: let go; an order that is closed cannot wait for anybody besides
        boolean isFirst = story.order()
                .all(OperationKind.AUTHORIZE)
                .findFirst()
                .map(first -> first.id().equals(operation.id()))
                .orElse(false);
        Story held = story.order().state() == OrderState.CLOSED ? story : OrderDecider.hold(story, HoldReason.CONFLICT);
        return isAuthorisation && !isFirst ? AuthorisationDecider.letGo(held, operation) : held;
    }

    private static Story succeeded(Story story, Operation operation, OrderRules rules) {
        return switch (operation.kind()) {
            case AUTHORIZE -> authorised(story, rules);
            case CAPTURE ->
                OrderDecider.closeIfDone(AuthorisationDecider.coverRest(AuthorisationDecider.settleRest(story)));
            case VOID -> {
                // one that waited for the buyer cannot be finished any more
                OrderMoney.authorisationOf(story.order(), operation)
                        .filter(one -> one.status() == OperationStatus.REQUIRES_ACTION)
                        .ifPresent(one -> story.then(new OrderEvent.OperationMoved(
                                one.id(), OperationStatus.EXPIRED, null, null, null, "voided")));
                yield OrderDecider.closeIfDone(AuthorisationDecider.unwindIfDead(story));
            }
            case REFUND -> RefundDecider.moved(story, operation);
            case CHARGEBACK -> story;
        };
    }

    private static Story authorised(Story story, OrderRules rules) {
        OrderState state = story.order().state();
        if (state.isDead()) {
            return AuthorisationDecider.unwind(story);
        }
        if (state == OrderState.PLACED) {
            story.then(new OrderEvent.OrderConfirmed());
        }
        return switch (story.order().state()) {
            case CONFIRMED -> ShippingDecider.goOn(captureGranted(story), rules);
            case CLOSED -> captureGranted(story);
            default -> AuthorisationDecider.watch(story);
        };
    }

    private static Story failed(Story story, Operation operation) {
        return switch (operation.kind()) {
            case AUTHORIZE ->
                switch (story.order().state()) {
                    case PLACED -> OrderDecider.releaseStock(story).then(new OrderEvent.OrderRejected());
                    case CONFIRMED -> AuthorisationDecider.giveUp(story);
                    case CANCELLING -> AuthorisationDecider.unwind(story);
                    case ON_HOLD, CANCELLED, REJECTED, EXPIRED, CLOSED -> story;
                };
            case CAPTURE -> AuthorisationDecider.captureFailed(DisputeDecider.tooMuchGone(story), operation);
            case VOID -> AuthorisationDecider.voidFailed(story, operation);
            case REFUND -> RefundDecider.moved(story, operation);
            case CHARGEBACK -> story;
        };
    }

    /** Takes what is owed out of what was just granted; what is being let go already is not asked for once more. */
    private static Story captureGranted(Story story) {
        return OrderMoney.standing(story.order()).isPresent() ? capture(story) : story;
    }

    /** Takes what is owed for what has gone out; with the last of it, the rest of the authorisation is let go. */
    @CanIgnoreReturnValue
    static Story capture(Story story) {
        Order order = story.order();
        Money owed = OrderMoney.owed(order);
        if (!owed.isPositive()) {
            return story;
        }
        Optional<Operation> standing = OrderMoney.standing(order);
        if (standing.isEmpty()) {
            return AuthorisationDecider.renew(story);
        }
        Money room = OrderMoney.room(order, standing.get());
        Money amount = room.compareTo(owed) < 0 ? room : owed;
        // while another capture is under way, or has failed, letting go could lose what that one is to take
        boolean isLast = order.hasAllGoneOut() && order.captured().plus(amount).equals(order.price(order.committed()));
        return request(
                story, OperationKind.CAPTURE, amount, isLast, standing.get().reference());
    }

    /** Staff try again to take what is owed. What is being taken, or has been, is not owed. */
    static Decision captureOwed(Story story) {
        Order order = story.order();
        if (order.committed().isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOTHING_OWED);
        }
        return order.hasRoom() ? capture(story).end() : new Decision.Refused(OrderRefusal.TOO_MANY_STEPS);
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
            story.then(new OrderEvent.OperationMoved(operationId, OperationStatus.UNKNOWN, null, null, null, null));
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
