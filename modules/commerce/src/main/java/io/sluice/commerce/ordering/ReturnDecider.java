package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.refund.Return;
import io.sluice.commerce.refund.ReturnStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Goods that come back: whether they may, that they have, and whether their money goes back. */
final class ReturnDecider {

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
        Pieces spokenFor = onTheirWay(order).plus(RefundDecider.givenBack(order));
        if (!order.ordered().bySku().keySet().containsAll(pieces.bySku().keySet())) {
            return new Decision.Refused(OrderRefusal.UNKNOWN_SKU);
        }
        if (pieces.isEmpty() || !arrived.covers(spokenFor.plus(pieces))) {
            return new Decision.Refused(OrderRefusal.NOT_RETURNABLE);
        }
        if (!order.hasRoom()) {
            return new Decision.Refused(OrderRefusal.TOO_MANY_STEPS);
        }
        return story.then(new OrderEvent.ReturnRequested(new Return(
                        order.nextNumbered(),
                        pieces,
                        wanted.reason(),
                        ReturnStatus.REQUESTED,
                        wanted.key(),
                        wanted.fingerprint())))
                .end();
    }

    /** Pieces of returns that are not over; those whose money went back are counted with the refunds. */
    private static Pieces onTheirWay(Order order) {
        return order.returns().stream()
                .filter(one -> !one.status().isFinal())
                .map(Return::pieces)
                .reduce(Pieces.NONE, Pieces::plus);
    }

    /** Staff take a return a step further. Doing so again changes nothing. */
    static Decision move(Story story, OrderCommand.MoveReturn wanted) {
        Optional<Return> found = story.order().returned(wanted.id());
        if (found.isEmpty()) {
            return new Decision.Refused(OrderRefusal.RETURN_NOT_FOUND);
        }
        Return one = found.get();
        if (one.status() == wanted.status()) {
            return story.end();
        }
        if (!one.status().mayBecome(wanted.status())) {
            return new Decision.Refused(OrderRefusal.RETURN_ELSEWHERE);
        }
        if (wanted.status() == ReturnStatus.REFUNDED) {
            return refund(story, one, wanted.amount());
        }
        story.then(new OrderEvent.ReturnMoved(one.id(), wanted.status()));
        return wanted.isSellable()
                ? story.then(new OrderEvent.StockReturned(one.pieces())).end()
                : story.end();
    }

    /** @param amount null for what the pieces cost; less, where they have suffered */
    private static Decision refund(Story story, Return one, @Nullable Money amount) {
        UUID id = one.id();
        OrderCommand.RefundMoney money = new OrderCommand.RefundMoney(
                amount, one.pieces().lines(), one.reason(), "return " + id, String.valueOf(amount));
        boolean isMore = amount != null
                && amount.currency().equals(story.order().total().currency())
                && amount.compareTo(story.order().price(one.pieces())) > 0;
        if (isMore) {
            return new Decision.Refused(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        }
        story.then(new OrderEvent.ReturnMoved(id, ReturnStatus.REFUNDED));
        return RefundDecider.decide(story, money);
    }
}
