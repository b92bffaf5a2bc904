package io.sluice.commerce.shipping;

import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.api.Callbacks.Callback;
import io.sluice.commerce.ordering.CallbackDesk;
import io.sluice.commerce.ordering.CallbackDesk.Word;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;

/** Takes carriers' callbacks. */
public final class ShippingVerticle extends VerticleBase {

    private final Bus bus;
    private final CallbackDesk desk;

    public ShippingVerticle(Bus bus, CallbackDesk desk) {
        this.bus = bus;
        this.desk = desk;
    }

    @Override
    public Future<?> start() {
        return bus.serve(
                Callbacks.SHIPMENT, delivery -> desk.take(delivery.view()).map(stored -> Outcome.done(Parcel.plain())));
    }

    /** What a callback says about a parcel; empty if it says nothing that we know. */
    public static Optional<Word> meaning(Callback callback) {
        // who knows a parcel by its tracking number alone is not its carrier, and has a reference of another kind
        String reference = callback.operationId() == null ? null : callback.reference();
        return Optional.ofNullable(callback.status())
                .flatMap(ShippingSteps::status)
                .map(status -> new Word(
                        Optional.ofNullable(callback.trackingNumber()),
                        id -> new OrderCommand.RecordShipment(
                                id, status, reference, callback.trackingNumber(), callback.reason())));
    }
}
