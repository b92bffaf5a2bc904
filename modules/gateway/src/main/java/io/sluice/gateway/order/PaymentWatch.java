package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Orders;
import io.sluice.gateway.http.Refused;
import io.sluice.guard.Bus;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Waits for the payment of an order that has been accepted. Whatever becomes of the waiting, the order stays accepted. */
final class PaymentWatch {

    private static final String UNDECIDED = "pending";

    private final Vertx vertx;
    private final Bus bus;
    private final OrderWatch watch;

    PaymentWatch(Vertx vertx, Bus bus, OrderWatch watch) {
        this.vertx = vertx;
        this.bus = bus;
        this.watch = watch;
    }

    /** The order once its payment is decided, or as it stands when the time is up. Fails if it cannot be waited for, or looked at. */
    Future<OrderSummary> decided(SubjectId buyer, UUID order, int seconds) {
        Promise<OrderSummary> decided = Promise.promise();
        Runnable look = () -> find(buyer, order).onSuccess(found -> {
            if (!UNDECIDED.equals(found.paymentStatus())) {
                decided.tryComplete(found);
            }
        });
        if (!watch.add(order, look)) {
            return Future.failedFuture(new Unavailable("order watchers"));
        }
        Timer patience = vertx.timer(seconds, TimeUnit.SECONDS);
        look.run();
        return Future.any(decided.future(), patience)
                .eventually(() -> {
                    watch.remove(order, look);
                    patience.cancel();
                    return Future.succeededFuture();
                })
                .compose(either -> decided.future().isComplete() ? decided.future() : find(buyer, order));
    }

    private Future<OrderSummary> find(SubjectId buyer, UUID order) {
        return bus.ask(Orders.FIND, Parcel.about(Parties.of(buyer, order)).with(CommerceFields.ORDER_ID, order))
                .compose(Refused::unlessDone);
    }
}
