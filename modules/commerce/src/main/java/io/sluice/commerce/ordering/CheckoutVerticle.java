package io.sluice.commerce.ordering;

import io.sluice.commerce.api.Checkout;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.pricing.Tariff;
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
    private final Tariff tariff;
    private final Checkouts checkouts;

    public CheckoutVerticle(Bus bus, OrderReads reads, Tariff tariff, Checkouts checkouts) {
        this.bus = bus;
        this.reads = reads;
        this.tariff = tariff;
        this.checkouts = checkouts;
    }

    @Override
    public Future<?> start() {
        return Future.all(bus.serve(Checkout.ADDRESS, checkouts::place), bus.serve(Checkout.QUOTE, this::quote));
    }

    private Future<Outcome<Parcel>> quote(Delivery<Checkout.Wish> delivery) {
        Checkout.Wish wanted = delivery.view();
        String[] skus =
                wanted.lines().stream().map(line -> line.sku()).distinct().toArray(String[]::new);
        return reads.shelves(skus).map(shelves -> switch (new StockDesk(shelves, tariff)
                .price(wanted.currency(), wanted.lines(), wanted.to())) {
            case StockDesk.Invalid invalid -> Outcome.refused(invalid.refusal(), invalid.at());
            case StockDesk.Priced priced ->
                Outcome.done(Parcel.plain().with(CommerceFields.QUOTE, OrderSummaries.quote(priced.lines())));
        });
    }

    /** Commits what waits. */
    @Override
    public Future<?> stop() {
        return checkouts.close();
    }
}
