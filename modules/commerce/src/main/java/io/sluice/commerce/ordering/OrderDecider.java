package io.sluice.commerce.ordering;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.refund.RefundStatus;
import io.sluice.commerce.shipping.Shipment;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
        Story story = new Story(blank, blank.placedAt()).then(new OrderEvent.OrderPlaced(blank.total()));
        return PaymentDecider.request(story, OperationKind.AUTHORIZE, blank.total(), null)
                .end();
    }

    /** @param now when the command is carried out; what it causes is due so long after */
    public static Decision decide(Order order, OrderCommand command, OrderRules rules, Instant now) {
        Story story = new Story(order, now);
        return switch (command) {
            case OrderCommand.Cancel cancel -> CancellationDecider.cancel(story);
            case OrderCommand.LowerQuantities lower -> CancellationDecider.lower(story, lower);
            case OrderCommand.VoidRest rest -> CancellationDecider.voidRest(story);
            case OrderCommand.Expire expire -> CancellationDecider.expire(story);
            case OrderCommand.Hold hold -> ReviewDecider.hold(story, rules);
            case OrderCommand.Release release -> ReviewDecider.release(story, rules);
            case OrderCommand.ReviewOverdue overdue -> ReviewDecider.overdue(story, rules);
            case OrderCommand.RefundMoney refund -> RefundDecider.decide(story, refund);
            case OrderCommand.RequestReturn wanted -> ReturnDecider.request(story, wanted);
            case OrderCommand.MoveReturn wanted -> ReturnDecider.move(story, wanted);
            case OrderCommand.CaptureOwed owed -> PaymentDecider.captureOwed(story);
            case OrderCommand.RecordOperation said -> PaymentDecider.record(story, said, rules);
            case OrderCommand.ResendOperation resend -> PaymentDecider.resend(story, resend.operation());
            case OrderCommand.RecordChargeback said -> DisputeDecider.chargeback(story, said, rules);
            case OrderCommand.AuthorisationLapsed lapsed -> AuthorisationDecider.lapse(story, lapsed);
            case OrderCommand.OperationSilent silent -> PaymentDecider.silent(story, silent.operation());
            case OrderCommand.Dispatch dispatch -> ShippingDecider.dispatch(story, dispatch);
            case OrderCommand.CorrectAddress correct -> ShippingDecider.correctAddress(story, correct, rules);
            case OrderCommand.RecordShipment said -> ShippingDecider.record(story, said, rules);
            case OrderCommand.ResendShipment resend -> ShippingDecider.resend(story, resend.shipment());
            case OrderCommand.ShipmentSilent silent -> ShippingDecider.silent(story, silent.shipment());
            case OrderCommand.HoldShipment hold -> ShippingDecider.hold(story, hold, rules);
        };
    }

    /**
     * Closes an order of which everything that is wanted has been paid, and has arrived, or was lost or sent back on its way and is made
     * good for.
     */
    static Story closeIfDone(Story story) {
        Order order = story.order();
        List<Shipment> parcels = order.shipments().stream()
                .filter(one -> one.status() != ShipmentStatus.CANCELLED)
                .toList();
        boolean isAtItsEnd = !parcels.isEmpty()
                && order.left().isEmpty()
                && parcels.stream().allMatch(one -> one.status() == ShipmentStatus.DELIVERED || isAstray(one));
        // what was taken in another amount is settled once a person has let the order go on
        boolean isPaid = !OrderMoney.owed(order).isPositive() && !OrderMoney.isTaking(order);
        return order.state() == OrderState.CONFIRMED
                        && isAtItsEnd
                        && isMadeGood(order)
                        && isPaid
                        && !OrderMoney.isAuthorisingOrVoiding(order)
                ? story.then(new OrderEvent.OrderClosed())
                : story;
    }

    private static boolean isAstray(Shipment parcel) {
        return parcel.status() == ShipmentStatus.LOST || parcel.status() == ShipmentStatus.RETURNED;
    }

    /**
     * Whether what never arrived has been paid back: these pieces, unless they cost nothing, or all that was taken; a bank may have seen
     * to it. Refunds of returns are about pieces that did arrive.
     */
    private static boolean isMadeGood(Order order) {
        Pieces paidBack = RefundDecider.givenBack(
                order, refund -> refund.status() == RefundStatus.COMPLETED && ReturnDecider.isNoReturns(refund));
        Money left = OrderMoney.taken(order).minus(order.refunded()).minus(OrderMoney.chargedBack(order));
        return !left.isPositive() || paidBack.covers(order.priced(order.pieces(OrderDecider::isAstray)));
    }

    @CanIgnoreReturnValue
    static Story releaseStock(Story story) {
        Pieces held = story.order().held();
        return held.isEmpty() ? story : story.then(new OrderEvent.StockReleased(held));
    }

    /** The first reason stays, but for a conflict: that one must not be released as if it were another. */
    @CanIgnoreReturnValue
    static Story hold(Story story, HoldReason reason) {
        Order order = story.order();
        boolean isNew = order.state() == OrderState.ON_HOLD
                ? reason == HoldReason.CONFLICT && order.hold() != HoldReason.CONFLICT
                : order.state().mayBecome(OrderState.ON_HOLD);
        return isNew ? AuthorisationDecider.watch(story.then(new OrderEvent.OrderHeld(reason))) : story;
    }
}
