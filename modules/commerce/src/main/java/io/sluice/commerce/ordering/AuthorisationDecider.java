package io.sluice.commerce.ordering;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The life of an authorisation after it was given: watched while it waits, asked for anew when it lapses, let go when nobody needs it. */
final class AuthorisationDecider {

    /** A provider's word for a capture that came after the authorisation's end. */
    static final String TOO_LATE = "authorisation_expired";

    private static final int MOST_TOO_LATE = 3;

    private AuthorisationDecider() {}

    /** Sees to it that the authorisation's end is noticed. Orders that go out at once are not watched: most need not be. */
    @CanIgnoreReturnValue
    static Story watch(Story story) {
        Order order = story.order();
        Operation latest = order.authorisation();
        Instant until = latest.until();
        if (until == null || !isStanding(order, latest)) {
            return story;
        }
        Duration left = Duration.between(story.now(), until);
        return story.causing(new Effect(Effect.Kind.LAPSE, latest.id(), left.isNegative() ? Duration.ZERO : left));
    }

    /** The provider's term has passed: what nobody has taken of the authorisation is free again, whether it says so or not. */
    static Decision lapse(Story story, OrderCommand.AuthorisationLapsed lapsed) {
        Optional<Operation> found = story.order().operation(lapsed.operation());
        if (found.isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOT_FOUND);
        }
        Operation operation = found.get();
        return isStanding(story.order(), operation) ? lapse(story, operation).end() : story.end();
    }

    private static Story lapse(Story story, Operation authorisation) {
        return lapsed(story.then(new OrderEvent.OperationMoved(
                authorisation.id(), OperationStatus.EXPIRED, null, null, null, "lapsed")));
    }

    /** An authorisation that stood does so no more: an order that goes on asks for another, one that is given up is free. */
    static Story lapsed(Story story) {
        return switch (story.order().state()) {
            case CONFIRMED -> renew(story);
            case CANCELLING -> unwind(story);
            // who waits for a person goes on from there; the others need no money any more
            case PLACED, ON_HOLD, CANCELLED, REJECTED, EXPIRED, CLOSED -> story;
        };
    }

    /** A capture has failed. Where it came too late, the authorisation is over; else its end is watched again. */
    static Story captureFailed(Story story, Operation capture) {
        Optional<Operation> on = OrderMoney.authorisationOf(story.order(), capture);
        if (on.isPresent() && on.get().status() == OperationStatus.EXPIRED) {
            return renew(story);
        }
        boolean isTooLate = on.isPresent()
                && isStanding(story.order(), on.get())
                && (isSaidTooLate(story, capture) || isPast(story, on.get()));
        // the goods are on their way: the debt stands, the order stays open and shows it
        return isTooLate ? lapse(story, on.get()) : watch(story);
    }

    /** A provider that says so again and again is not believed for ever: each time it is asked for another authorisation. */
    private static boolean isSaidTooLate(Story story, Operation capture) {
        long times = story.order()
                .all(OperationKind.CAPTURE)
                .filter(one -> TOO_LATE.equals(one.reason()))
                .count();
        return TOO_LATE.equals(capture.reason()) && times <= MOST_TOO_LATE;
    }

    /** Whether there is something in it that may lapse. */
    private static boolean isStanding(Order order, Operation authorisation) {
        return authorisation.status().holdsMoney()
                && OrderMoney.room(order, authorisation).isPositive();
    }

    private static boolean isPast(Story story, Operation authorisation) {
        Instant until = authorisation.until();
        return until != null && !story.now().isBefore(until);
    }

    /** Asks anew for all that is still to be taken, where nothing stands out of which it could be. */
    @CanIgnoreReturnValue
    static Story renew(Story story) {
        Order order = story.order();
        boolean mayAsk = (order.state() == OrderState.CONFIRMED || order.state() == OrderState.CLOSED)
                && !OrderMoney.isAuthorisingOrVoiding(order)
                && OrderMoney.standing(order).isEmpty()
                && order.hasRoom();
        Money outstanding = OrderMoney.outstanding(order);
        return mayAsk && outstanding.isPositive()
                ? PaymentDecider.request(story, OperationKind.AUTHORIZE, outstanding, null)
                : story;
    }

    /**
     * What was undone and taken once more has used up what was meant for the pieces that are still to go out: that is asked for anew.
     * While another capture is under way it is not; should that one fail, there is something left.
     */
    static Story coverRest(Story story) {
        Order order = story.order();
        boolean isShort = order.state() == OrderState.CONFIRMED
                && !order.left().isEmpty()
                && !OrderMoney.isTaking(order)
                && !OrderMoney.isCovered(order);
        return isShort ? renew(story) : story;
    }

    /** Nothing is to be had any more for what has not gone out: it is given up. What has gone out stays owed. */
    static Story giveUp(Story story) {
        if (story.order().state() == OrderState.CONFIRMED) {
            CancellationDecider.giveUpRest(story);
        }
        Operation latest = story.order().authorisation();
        boolean isOpen =
                latest.status() == OperationStatus.REQUIRES_ACTION && !OrderMoney.isVoiding(story.order(), latest);
        return isOpen ? letGo(story, latest) : OrderDecider.closeIfDone(story);
    }

    static Story letGo(Story story, Operation authorisation) {
        return letGo(story, authorisation, authorisation.amount());
    }

    private static Story letGo(Story story, Operation authorisation, Money amount) {
        return PaymentDecider.request(story, OperationKind.VOID, amount, authorisation.reference());
    }

    /** Lets go of what is authorised beyond what was taken, once nothing more will be taken and no capture has let go of it. */
    @CanIgnoreReturnValue
    static Story settleRest(Story story) {
        Order order = story.order();
        boolean isTaken = OrderMoney.sum(order, OperationKind.CAPTURE, OperationStatus::holdsMoney)
                        .isPositive()
                && !OrderMoney.owed(order).isPositive();
        Optional<Operation> standing = OrderMoney.standing(order);
        return isTaken && !OrderMoney.isTaking(order) && order.hasAllGoneOut() && standing.isPresent()
                ? letGo(story, standing.get(), OrderMoney.room(order, standing.get()))
                : story;
    }

    /**
     * Gives authorisations back on an order that no longer wants them: what is authorised, if only in part, or waits for the buyer, is
     * voided; what the provider still works on is voided when it succeeds; with nothing authorised the order is free at once.
     */
    static Story unwind(Story story) {
        Order order = story.order();
        Optional<Operation> toVoid = order.all(OperationKind.AUTHORIZE)
                .filter(one -> one.status().holdsMoney() || one.status() == OperationStatus.REQUIRES_ACTION)
                .filter(one -> !OrderMoney.isVoiding(order, one))
                .findFirst();
        return toVoid.isPresent() ? letGo(story, toVoid.get()) : released(story);
    }

    static Story unwindIfDead(Story story) {
        return story.order().state().isDead() ? unwind(story) : story;
    }

    /** Money and stock of a cancelled order are free: now it is cancelled. */
    private static Story released(Story story) {
        boolean isOver = story.order().state() == OrderState.CANCELLING
                && story.order().operations().stream()
                        .noneMatch(one -> one.status().isOpen());
        return isOver ? OrderDecider.releaseStock(story).then(new OrderEvent.OrderCancelled()) : story;
    }

    /** The provider did not let go. What was taken from in part lapses by itself, and nobody has to look at the order for that. */
    static Story voidFailed(Story story, Operation failed) {
        if (!story.order().state().isDead()) {
            return OrderDecider.closeIfDone(watch(story));
        }
        Optional<Operation> on = OrderMoney.authorisationOf(story.order(), failed);
        boolean isOver = on.isPresent()
                && !on.get().status().isOpen()
                && !on.get().status().holdsMoney();
        if (isOver) {
            return unwind(story);
        }
        // nothing was there any more to let go
        return on.isPresent() && isPast(story, on.get())
                ? lapse(story, on.get())
                : watch(OrderDecider.hold(story, HoldReason.CONFLICT));
    }
}
