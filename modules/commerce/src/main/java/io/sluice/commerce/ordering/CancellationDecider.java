package io.sluice.commerce.ordering;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.Map;
import java.util.TreeMap;

/** How an order gets smaller, or is given up: what is in a parcel already can only be returned. */
final class CancellationDecider {

    private CancellationDecider() {}

    /** Possible until a parcel has been asked for. Asking twice changes nothing. */
    static Decision cancel(Story story) {
        Order order = story.order();
        if (order.state() == OrderState.CANCELLING || order.state() == OrderState.CANCELLED) {
            return story.end();
        }
        return order.state().isFinal() || isAnyPacked(order)
                ? new Decision.Refused(OrderRefusal.NOT_CANCELLABLE)
                : giveUpAll(story).end();
    }

    private static Story giveUpAll(Story story) {
        return AuthorisationDecider.unwind(story.then(new OrderEvent.CancellationRequested()));
    }

    static boolean isAnyPacked(Order order) {
        return order.shipments().stream().anyMatch(one -> one.status() != ShipmentStatus.CANCELLED);
    }

    /**
     * Leaves so many of each, and no more; asking twice changes nothing. The authorisation stays as it is: what is taken of it later is
     * what is left of the order, and then the rest is let go. With nothing left the order is cancelled.
     */
    static Decision lower(Story story, OrderCommand.LowerQuantities lower) {
        Order order = story.order();
        Pieces ordered = order.ordered();
        Pieces wanted = order.wanted();
        Map<String, Integer> gone = new TreeMap<>();
        for (Map.Entry<String, Integer> keep : lower.keep().entrySet()) {
            int had = ordered.count(keep.getKey());
            if (had == 0) {
                return new Decision.Refused(OrderRefusal.UNKNOWN_SKU);
            }
            if (keep.getValue() > had) {
                return new Decision.Refused(OrderRefusal.QUANTITY_RAISED);
            }
            gone.put(keep.getKey(), Math.max(0, wanted.count(keep.getKey()) - keep.getValue()));
        }
        return giveUp(story, new Pieces(new TreeMap<>(gone)));
    }

    /** Gives up all that has not gone out. */
    static Decision voidRest(Story story) {
        return isAnyPacked(story.order()) ? giveUp(story, story.order().left()) : cancel(story);
    }

    private static Decision giveUp(Story story, Pieces pieces) {
        Order order = story.order();
        if (pieces.isEmpty()) {
            return story.end();
        }
        boolean mayShrink = order.state() == OrderState.PLACED
                || order.state() == OrderState.CONFIRMED
                || order.state() == OrderState.ON_HOLD;
        if (!mayShrink || !order.left().covers(pieces)) {
            return new Decision.Refused(OrderRefusal.NOT_CANCELLABLE);
        }
        if (pieces.equals(order.wanted())) {
            return cancel(story);
        }
        return shrink(story, pieces).end();
    }

    private static Story shrink(Story story, Pieces pieces) {
        story.then(new OrderEvent.QuantitiesLowered(pieces)).then(new OrderEvent.StockReleased(pieces));
        return OrderDecider.closeIfDone(AuthorisationDecider.settleRest(story));
    }

    /** Nobody pays for what has not gone out of a confirmed order: that is given up. */
    @CanIgnoreReturnValue
    static Story giveUpRest(Story story) {
        Pieces left = story.order().left();
        if (!isAnyPacked(story.order())) {
            return giveUpAll(story);
        }
        return left.isEmpty() ? story : shrink(story, left);
    }

    /** Gives an order up that waits for its buyer. While the provider may still be at work it does not expire. */
    static Decision expire(Story story) {
        if (story.order().authorisation().status() != OperationStatus.REQUIRES_ACTION) {
            return story.end();
        }
        return switch (story.order().state()) {
            case PLACED -> {
                OrderDecider.releaseStock(story.then(new OrderEvent.OrderExpired()));
                yield AuthorisationDecider.unwind(story).end();
            }
            // it was asked for anew, and the buyer has not come back for it
            case CONFIRMED, CLOSED -> AuthorisationDecider.giveUp(story).end();
            case ON_HOLD, CANCELLING, CANCELLED, REJECTED, EXPIRED -> story.end();
        };
    }
}
