package io.sluice.commerce.ordering;

import io.sluice.commerce.api.Checkout;
import io.sluice.guard.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Serves checkout. */
public final class CheckoutVerticle extends VerticleBase {

    private final Bus bus;
    private final Checkouts checkouts;

    public CheckoutVerticle(Bus bus, Checkouts checkouts) {
        this.bus = bus;
        this.checkouts = checkouts;
    }

    @Override
    public Future<?> start() {
        return bus.serve(Checkout.ADDRESS, checkouts::place);
    }

    /** Commits what waits. */
    @Override
    public Future<?> stop() {
        return checkouts.close();
    }
}
