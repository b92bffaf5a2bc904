package io.sluice.commerce.ordering;

import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.OperationKind;
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
        if (order.state().isFinal() || isAnyPacked(order)) {
            return new Decision.Refused(OrderRefusal.NOT_CANCELLABLE);
        }
        story.then(new OrderEvent.CancellationRequested());
        return PaymentDecider.unwind(story).end();
    }

    private static boolean isAnyPacked(Order order) {
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
        story.then(new OrderEvent.QuantitiesLowered(pieces)).then(new OrderEvent.StockReleased(pieces));
        PaymentDecider.settleRest(story);
        return OrderDecider.closeIfDone(story).end();
    }

    /** Gives an order up that waits for its buyer. While the provider may still be at work it does not expire. */
    static Decision expire(Story story) {
        Order order = story.order();
        boolean waitsForBuyer =
                order.all(OperationKind.AUTHORIZE).allMatch(one -> one.status() == OperationStatus.REQUIRES_ACTION);
        if (order.state() != OrderState.PLACED || !waitsForBuyer) {
            return story.end();
        }
        OrderDecider.releaseStock(story.then(new OrderEvent.OrderExpired()));
        return PaymentDecider.unwind(story).end();
    }
}
