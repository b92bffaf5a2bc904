package io.sluice.commerce.ordering;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.Shipment;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What comes of each command, given the order as it stands. Pure: no clock, no ids, no I/O. */
public final class OrderDecider {

    /** How long a buyer may take for the bank's check before the stock is given back. */
    static final Duration PAYMENT_WINDOW = Duration.ofMinutes(30);
    /** How soon a silent partner is asked for the truth. */
    static final Duration FIRST_QUESTION = Duration.ofSeconds(1);

    /** How soon a partner that has said "not yet" is asked, should it not call back. */
    static final Duration LATER_QUESTION = Duration.ofSeconds(10);

    private OrderDecider() {}

    /** Accepts an order whose stock has been held: its money is to be authorised. */
    public static Decision.Decided place(Order blank) {
        Story story = new Story(blank).then(new OrderEvent.OrderPlaced(blank.total()));
        return PaymentDecider.request(story, OperationKind.AUTHORIZE, blank.total(), null)
                .end();
    }

    public static Decision decide(Order order, OrderCommand command, OrderRules rules) {
        Story story = new Story(order);
        return switch (command) {
            case OrderCommand.Cancel cancel -> cancel(story);
            case OrderCommand.RefundMoney refund -> RefundDecider.decide(story, refund);
            case OrderCommand.RecordOperation said -> PaymentDecider.record(story, said, rules);
            case OrderCommand.ResendOperation resend -> PaymentDecider.resend(story, resend.operation());
            case OrderCommand.OperationSilent silent -> PaymentDecider.silent(story, silent.operation());
            case OrderCommand.RecordShipment said -> ShippingDecider.record(story, said);
            case OrderCommand.ResendShipment resend -> ShippingDecider.resend(story, resend.shipment());
            case OrderCommand.ShipmentSilent silent -> ShippingDecider.silent(story, silent.shipment());
            case OrderCommand.HoldShipment hold -> ShippingDecider.hold(story, hold);
            case OrderCommand.Expire expire -> expire(story);
        };
    }

    /** Possible until the parcel has been asked for; from then on it is a return. Asking twice changes nothing. */
    private static Decision cancel(Story story) {
        Order order = story.order();
        if (order.state() == OrderState.CANCELLING || order.state() == OrderState.CANCELLED) {
            return story.end();
        }
        boolean isOnItsWay = order.shipments().stream()
                .anyMatch(one -> one.status().isHandedOver() || one.status().isOpen());
        if (order.state().isFinal() || isOnItsWay) {
            return new Decision.Refused(OrderRefusal.NOT_CANCELLABLE);
        }
        story.then(new OrderEvent.CancellationRequested());
        return PaymentDecider.unwind(story).end();
    }

    /** Gives an order up that waits for its buyer. While the provider may still be at work it does not expire. */
    private static Decision expire(Story story) {
        Order order = story.order();
        boolean waitsForBuyer =
                order.all(OperationKind.AUTHORIZE).allMatch(one -> one.status() == OperationStatus.REQUIRES_ACTION);
        if (order.state() != OrderState.PLACED || !waitsForBuyer) {
            return story.end();
        }
        releaseStock(story.then(new OrderEvent.OrderExpired()));
        return PaymentDecider.unwind(story).end();
    }

    /** An authorised order goes to the carrier. */
    static Story dispatch(Story story) {
        UUID id = story.order().nextNumbered();
        return story.then(new OrderEvent.ShipmentRequested(Shipment.requested(id)))
                .causing(Effect.now(Effect.Kind.DISPATCH, id));
    }

    /** Closes an order that is paid and delivered. */
    static Story closeIfDone(Story story) {
        Order order = story.order();
        List<Shipment> shipments = order.shipments();
        boolean isDelivered =
                !shipments.isEmpty() && shipments.stream().allMatch(one -> one.status() == ShipmentStatus.DELIVERED);
        boolean isPaid = order.captured().compareTo(order.total()) >= 0;
        return order.state() == OrderState.CONFIRMED && isDelivered && isPaid
                ? story.then(new OrderEvent.OrderClosed())
                : story;
    }

    @CanIgnoreReturnValue
    static Story releaseStock(Story story) {
        return story.order().reservation() == Reservation.HELD ? story.then(new OrderEvent.StockReleased()) : story;
    }

    static Story hold(Story story, HoldReason reason) {
        return story.order().state().mayBecome(OrderState.ON_HOLD)
                ? story.then(new OrderEvent.OrderHeld(reason))
                : story;
    }
}
