package io.sluice.commerce.refund;

import io.sluice.commerce.api.Orders;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.ordering.OrderChange;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.ordering.OrderRefusal;
import io.sluice.commerce.ordering.OrderStore;
import io.sluice.commerce.ordering.OrderingVerticle;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Serves staff who pay money back. */
public final class RefundVerticle extends VerticleBase {

    private final Bus bus;
    private final OrderStore orders;

    public RefundVerticle(Bus bus, OrderStore orders) {
        this.bus = bus;
        this.orders = orders;
    }

    @Override
    public Future<?> start() {
        return bus.serve(Orders.REFUND, delivery -> {
            Orders.Refund wanted = delivery.view();
            Long amount = wanted.amount();
            String currency = wanted.currency();
            if (currency != null && !Money.isCurrency(currency)) {
                return Future.succeededFuture(Outcome.refused(OrderRefusal.CURRENCY_MISMATCH));
            }
            OrderCommand command = new OrderCommand.RefundMoney(
                    amount == null || currency == null ? null : new Money(amount, currency),
                    wanted.lines(),
                    wanted.reason(),
                    wanted.scope(),
                    wanted.fingerprint());
            return orders.change(OrderChange.byStaff(wanted.orderId(), command)).map(OrderingVerticle::summary);
        });
    }
}
