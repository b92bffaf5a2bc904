package io.sluice.commerce.ordering;

import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;

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
        return hold(story, HoldReason.MANUAL, rules).end();
    }

    /** Stops an order for a person to look at it within the merchant's term. */
    static Story hold(Story story, HoldReason reason, OrderRules rules) {
        return OrderDecider.hold(story, reason)
                .causing(new Effect(Effect.Kind.REVIEW, story.order().id(), rules.reviewWithin()));
    }

    /**
     * Lets an order go on from where its money stands by now. Where the books do not agree with a partner's, and nothing has gone out, it
     * can be cancelled, and does not go on as if they did; once something is out, whoever has looked lets it go on, and nothing more goes
     * out by itself.
     */
    static Decision release(Story story, OrderRules rules) {
        Order order = story.order();
        if (order.state() == OrderState.PLACED || order.state() == OrderState.CONFIRMED) {
            return story.end();
        }
        boolean isConflict = order.hold() == HoldReason.CONFLICT;
        if (order.state() != OrderState.ON_HOLD || (isConflict && !CancellationDecider.isAnyPacked(order))) {
            return new Decision.Refused(OrderRefusal.NOT_REVIEWABLE);
        }
        if (isConflict) {
            Story released = story.then(new OrderEvent.HoldReleased(OrderState.CONFIRMED));
            return OrderDecider.closeIfDone(AuthorisationDecider.coverRest(AuthorisationDecider.settleRest(released)))
                    .end();
        }
        Operation first = order.all(OperationKind.AUTHORIZE).findFirst().orElseThrow();
        // one that was never finished has no end to its time
        boolean wasConfirmed = first.status() == OperationStatus.SUCCEEDED
                || (first.status() == OperationStatus.EXPIRED && first.until() != null);
        return (wasConfirmed ? goOn(story, rules) : waitOn(story)).end();
    }

    private static Story goOn(Story story, OrderRules rules) {
        story.then(new OrderEvent.HoldReleased(OrderState.CONFIRMED));
        OperationStatus latest = story.order().authorisation().status();
        if (latest.isOpen()) {
            return awaitBuyer(story);
        }
        if (OrderMoney.isCovered(story.order())) {
            return ShippingDecider.goOn(PaymentDecider.capture(story), rules);
        }
        // it lapsed while the order was on hold, or what was asked for anew was not given
        return latest == OperationStatus.EXPIRED || latest == OperationStatus.SUCCEEDED
                ? AuthorisationDecider.renew(story)
                : AuthorisationDecider.giveUp(story);
    }

    private static Story waitOn(Story story) {
        story.then(new OrderEvent.HoldReleased(OrderState.PLACED));
        return story.order().authorisation().status().isOpen()
                ? awaitBuyer(story)
                : OrderDecider.releaseStock(story).then(new OrderEvent.OrderRejected());
    }

    /** The window may have passed while nobody could pass through it. */
    private static Story awaitBuyer(Story story) {
        Operation latest = story.order().authorisation();
        return latest.status() == OperationStatus.REQUIRES_ACTION
                ? story.causing(new Effect(Effect.Kind.EXPIRE, latest.id(), OrderDecider.PAYMENT_WINDOW))
                : story;
    }

    /**
     * An order that nobody has looked at in time is given up. Once all of it has gone out there is nothing left to stop, and it goes on,
     * so that it may close; where only part has gone out, or a bank has taken money back, it waits on.
     */
    static Decision overdue(Story story, OrderRules rules) {
        Order order = story.order();
        boolean waitsForStaff = order.state() == OrderState.ON_HOLD
                && (order.hold() == HoldReason.MANUAL || order.hold() == HoldReason.FRAUD);
        if (!waitsForStaff) {
            return story.end();
        }
        boolean isDisputed = OrderMoney.chargedBack(order).isPositive();
        if (order.hasAllGoneOut() && !isDisputed) {
            return release(story, rules);
        }
        return CancellationDecider.cancel(story) instanceof Decision.Decided decided ? decided : story.end();
    }
}
