package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.refund.Return;
import io.sluice.commerce.refund.ReturnStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goods that come back: whether they may, that they have, and whether their money goes back. */
final class ReturnDecider {

    private static final String RETURN = "return ";

    private ReturnDecider() {}

    /**
     * The buyer wants to send pieces back: some that have arrived, that no other return is about and that have not been paid back. The
     * same request again is the same return.
     */
    static Decision request(Story story, OrderCommand.RequestReturn wanted) {
        Order order = story.order();
        Optional<Return> same = order.returns().stream()
                .filter(one -> one.key().equals(wanted.key()))
                .findFirst();
        if (same.isPresent()) {
            return same.get().fingerprint().equals(wanted.fingerprint())
                    ? story.end()
                    : new Decision.Refused(OrderRefusal.KEY_REUSED);
        }
        Pieces pieces = wanted.pieces();
        Pieces arrived = order.pieces(parcel -> parcel.status() == ShipmentStatus.DELIVERED);
        Pieces back = order.returns().stream()
                .filter(Return::isAboutPieces)
                .map(Return::pieces)
                .reduce(pieces, Pieces::plus);
        boolean isTooMuch = !arrived.covers(back)
                || !order.committed().covers(back.plus(RefundDecider.givenBack(order, ReturnDecider::isNoReturns)));
        if (!order.ordered().bySku().keySet().containsAll(pieces.bySku().keySet())) {
            return new Decision.Refused(OrderRefusal.UNKNOWN_SKU);
        }
        if (pieces.isEmpty() || isTooMuch) {
            return new Decision.Refused(OrderRefusal.NOT_RETURNABLE);
        }
        if (!order.hasRoom()) {
            return new Decision.Refused(OrderRefusal.TOO_MANY_STEPS);
        }
        return story.then(new OrderEvent.ReturnRequested(Return.requested(
                        order.nextNumbered(), pieces, wanted.reason(), wanted.key(), wanted.fingerprint())))
                .end();
    }

    /** Staff take a return a step further. Doing so again changes nothing; doing otherwise then is refused. */
    static Decision move(Story story, OrderCommand.MoveReturn wanted) {
        Optional<Return> found = story.order().returned(wanted.id());
        if (found.isEmpty()) {
            return new Decision.Refused(OrderRefusal.RETURN_NOT_FOUND);
        }
        Return one = found.get();
        if (one.status() == wanted.status()) {
            return isAsBefore(story.order(), one, wanted)
                    ? story.end()
                    : new Decision.Refused(OrderRefusal.RETURN_ELSEWHERE);
        }
        if (!one.status().mayBecome(wanted.status())) {
            return new Decision.Refused(OrderRefusal.RETURN_ELSEWHERE);
        }
        if (wanted.status() == ReturnStatus.REFUNDED) {
            return refund(story, one, wanted.amount());
        }
        story.then(new OrderEvent.ReturnMoved(one.id(), wanted.status(), wanted.condition()));
        return wanted.condition() == Return.Condition.SELLABLE
                ? story.then(new OrderEvent.StockReturned(one.pieces())).end()
                : story.end();
    }

    private static boolean isAsBefore(Order order, Return one, OrderCommand.MoveReturn wanted) {
        boolean isSameRefund = wanted.status() != ReturnStatus.REFUNDED
                || order.refunds().stream()
                        .anyMatch(refund -> refund.key().equals(key(one))
                                && refund.fingerprint().equals(String.valueOf(wanted.amount())));
        return isSameRefund && (wanted.condition() == null || wanted.condition() == one.condition());
    }

    /** @param amount null for what the pieces cost; less, where they have suffered */
    private static Decision refund(Story story, Return one, @Nullable Money amount) {
        Order order = story.order();
        boolean isMore = amount != null
                && amount.currency().equals(order.total().currency())
                && RefundDecider.mayGoBack(order, one.pieces())
                && amount.compareTo(RefundDecider.price(order, one.pieces())) > 0;
        if (isMore) {
            return new Decision.Refused(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        }
        story.then(new OrderEvent.ReturnMoved(one.id(), ReturnStatus.REFUNDED, null));
        return RefundDecider.decide(
                story,
                new OrderCommand.RefundMoney(
                        amount, one.pieces().lines(), one.reason(), key(one), String.valueOf(amount)));
    }

    /** What a return's refund is known by. */
    private static String key(Return one) {
        return RETURN + one.id();
    }

    static boolean isNoReturns(Refund refund) {
        return !refund.key().startsWith(RETURN);
    }
}
