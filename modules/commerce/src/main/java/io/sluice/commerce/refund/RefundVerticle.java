package io.sluice.commerce.refund;

import io.sluice.commerce.api.Orders;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.OrderChange;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.ordering.OrderRefusal;
import io.sluice.commerce.ordering.OrderStore;
import io.sluice.commerce.ordering.OrderingVerticle;
import io.sluice.commerce.ordering.Pieces;
import io.sluice.guard.Bus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves buyers who send goods back, and staff who take them in and pay money back. */
public final class RefundVerticle extends VerticleBase {

    private static final String SELLABLE = "receive";
    private static final String UNUSABLE = "discard";

    private final Bus bus;
    private final OrderStore orders;

    public RefundVerticle(Bus bus, OrderStore orders) {
        this.bus = bus;
        this.orders = orders;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.serve(Orders.REFUND, this::refund),
                bus.serve(Orders.SEND_BACK, this::sendBack),
                bus.serve(Orders.RETURNED, this::further));
    }

    private Future<Outcome<Parcel>> refund(Delivery<Orders.Refund> delivery) {
        Orders.Refund wanted = delivery.view();
        return isNoCurrency(wanted.currency())
                ? Future.succeededFuture(Outcome.refused(OrderRefusal.CURRENCY_MISMATCH))
                : changed(OrderChange.byStaff(
                        wanted.orderId(),
                        new OrderCommand.RefundMoney(
                                money(wanted.amount(), wanted.currency()),
                                wanted.lines(),
                                wanted.reason(),
                                wanted.scope(),
                                wanted.fingerprint())));
    }

    private Future<Outcome<Parcel>> sendBack(Delivery<Orders.Back> delivery) {
        Orders.Back wanted = delivery.view();
        return changed(OrderChange.byBuyer(
                OrderingVerticle.buyer(delivery),
                wanted.orderId(),
                new OrderCommand.RequestReturn(
                        Pieces.of(wanted.lines()), wanted.reason(), wanted.scope(), wanted.fingerprint())));
    }

    private Future<Outcome<Parcel>> further(Delivery<Orders.Further> delivery) {
        Orders.Further wanted = delivery.view();
        Optional<ReturnStatus> status = status(wanted.step());
        if (status.isEmpty()) {
            return Future.succeededFuture(Outcome.refused(OrderRefusal.RETURN_ELSEWHERE));
        }
        return isNoCurrency(wanted.currency())
                ? Future.succeededFuture(Outcome.refused(OrderRefusal.CURRENCY_MISMATCH))
                : changed(OrderChange.byStaff(
                        wanted.orderId(),
                        new OrderCommand.MoveReturn(
                                wanted.returnId(),
                                status.get(),
                                condition(wanted.step()),
                                money(wanted.amount(), wanted.currency()))));
    }

    private static Optional<ReturnStatus> status(String step) {
        return switch (step) {
            case "authorise" -> Optional.of(ReturnStatus.AUTHORISED);
            case SELLABLE, UNUSABLE -> Optional.of(ReturnStatus.RECEIVED);
            case "refund" -> Optional.of(ReturnStatus.REFUNDED);
            case "reject" -> Optional.of(ReturnStatus.REJECTED);
            default -> Optional.empty();
        };
    }

    private static Return.@Nullable Condition condition(String step) {
        return switch (step) {
            case SELLABLE -> Return.Condition.SELLABLE;
            case UNUSABLE -> Return.Condition.UNUSABLE;
            default -> null;
        };
    }

    private static boolean isNoCurrency(@Nullable String currency) {
        return currency != null && !Money.isCurrency(currency);
    }

    private static @Nullable Money money(@Nullable Long amount, @Nullable String currency) {
        return amount == null || currency == null ? null : new Money(amount, currency);
    }

    private Future<Outcome<Parcel>> changed(OrderChange change) {
        return orders.change(change).map(OrderingVerticle::summary);
    }
}
