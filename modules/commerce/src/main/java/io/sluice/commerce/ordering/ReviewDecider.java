package io.sluice.commerce.ordering;

import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import java.util.Optional;

/** What staff stop and let go on. Whoever stops an order has a term for it: a buyer's money and goods are not held for ever. */
final class ReviewDecider {

    private ReviewDecider() {}

    /** Stops what has not gone out yet. An order that is on hold already stays so, for its first reason. */
    static Decision hold(Story story, OrderRules rules) {
        Order order = story.order();
        if (order.state() == OrderState.ON_HOLD) {
            return story.end();
        }
        if (order.state() != OrderState.PLACED && order.state() != OrderState.CONFIRMED) {
            return new Decision.Refused(OrderRefusal.NOT_REVIEWABLE);
        }
        return OrderDecider.hold(story, HoldReason.MANUAL)
                .causing(new Effect(Effect.Kind.REVIEW, order.id(), rules.reviewWithin()))
                .end();
    }

    /**
     * Lets an order go on from where its money stands by now. Where the books do not agree with a partner's it can be cancelled, and
     * does not go on as if they did.
     */
    static Decision release(Story story, OrderRules rules) {
        Order order = story.order();
        if (order.state() == OrderState.PLACED || order.state() == OrderState.CONFIRMED) {
            return story.end();
        }
        if (order.state() != OrderState.ON_HOLD || order.hold() == HoldReason.CONFLICT) {
            return new Decision.Refused(OrderRefusal.NOT_REVIEWABLE);
        }
        if (OrderDecider.isAuthorised(order)) {
            story.then(new OrderEvent.HoldReleased(OrderState.CONFIRMED));
            return ShippingDecider.goOn(story, rules).end();
        }
        story.then(new OrderEvent.HoldReleased(OrderState.PLACED));
        Optional<Operation> authorisation = order.all(OperationKind.AUTHORIZE).reduce((first, second) -> second);
        OperationStatus status = authorisation
                .map(Operation::status)
                .orElseThrow(() -> new IllegalStateException("never asked for money"));
        if (!status.isOpen()) {
            return OrderDecider.releaseStock(story)
                    .then(new OrderEvent.OrderRejected())
                    .end();
        }
        if (status == OperationStatus.REQUIRES_ACTION) {
            // the window may have passed while nobody could pass through it
            story.causing(new Effect(Effect.Kind.EXPIRE, authorisation.get().id(), OrderDecider.PAYMENT_WINDOW));
        }
        return story.end();
    }

    /** An order that nobody has looked at in time is given up, unless part of it has gone out: then it waits on. */
    static Decision overdue(Story story) {
        Order order = story.order();
        boolean waitsForStaff = order.state() == OrderState.ON_HOLD
                && (order.hold() == HoldReason.MANUAL || order.hold() == HoldReason.FRAUD);
        if (!waitsForStaff) {
            return story.end();
        }
        return CancellationDecider.cancel(story) instanceof Decision.Decided decided ? decided : story.end();
    }
}
