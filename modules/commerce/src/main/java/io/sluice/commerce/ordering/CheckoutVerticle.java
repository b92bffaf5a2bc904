package io.sluice.commerce.ordering;

import io.sluice.commerce.api.Checkout;
import io.sluice.guard.Bus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Serves checkout. */
public final class CheckoutVerticle extends VerticleBase {

    private final Bus bus;
    private final OrderReads reads;
    private final Checkouts checkouts;

    public CheckoutVerticle(Bus bus, OrderReads reads, Checkouts checkouts) {
        this.bus = bus;
        this.reads = reads;
        this.checkouts = checkouts;
    }

    @Override
    public Future<?> start() {
        return Future.all(bus.serve(Checkout.ADDRESS, checkouts::place), bus.serve(Checkout.CHECK, this::check));
    }

    private Future<Outcome<Parcel>> check(Delivery<Checkout.Products> delivery) {
        Checkout.Products wanted = delivery.view();
        String[] skus =
                wanted.lines().stream().map(line -> line.sku()).distinct().toArray(String[]::new);
        return reads.shelves(skus)
                .map(shelves -> switch (new StockDesk(shelves).hold(wanted.currency(), wanted.lines())) {
                    case StockDesk.Invalid invalid -> Outcome.refused(invalid.refusal(), invalid.at());
                    case StockDesk.Held held -> Outcome.done(Parcel.plain());
                    // may be free by the time that the order comes
                    case StockDesk.Short shortage -> Outcome.done(Parcel.plain());
                });
    }

    /** Commits what waits. */
    @Override
    public Future<?> stop() {
        return checkouts.close();
    }
}
