package io.sluice.gateway.partner;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.api.CarrierCalls;
import io.sluice.commerce.api.CarrierCalls.Dispatch;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.partner.PartnerClient.Said;
import io.sluice.guard.Bus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Plain;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Serves {@code carrier.*} by the sandbox carrier's protocol. May be deployed several times. */
public final class SandboxCarrierVerticle extends VerticleBase {

    private static final Set<Integer> DEFINITE = Set.of(400, 404, 409, 410, 422);
    private static final Set<String> STATUSES = Set.of(
            "accepted",
            "cancelled",
            "in_transit",
            "out_for_delivery",
            "delivered",
            "exception",
            "returning",
            "returned",
            "lost");

    private final Bus bus;
    private final PartnerSettings settings;
    private final MeterRegistry meters;
    private @Nullable PartnerClient client;

    public SandboxCarrierVerticle(Bus bus, PartnerSettings settings, MeterRegistry meters) {
        this.bus = bus;
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        PartnerClient carrier = new PartnerClient(vertx, settings, Dialect.plain(DEFINITE), meters);
        client = carrier;
        return Future.all(
                bus.serve(CarrierCalls.DISPATCH, asked -> dispatch(carrier, asked)),
                bus.serve(CarrierCalls.LOOKUP, asked -> lookUp(carrier, asked)));
    }

    @Override
    public Future<?> stop() {
        if (client != null) {
            client.close();
        }
        return Future.succeededFuture();
    }

    private static Future<Outcome<Parcel>> dispatch(PartnerClient carrier, Delivery<Dispatch> delivery) {
        Dispatch asked = delivery.view();
        JsonObject recipient = new JsonObject()
                .put("name", asked.name().reveal())
                .put("line1", asked.line1().reveal())
                .put("city", asked.city().reveal())
                .put("postcode", asked.postcode().reveal())
                .put("country", asked.country().reveal());
        putIfThere(recipient, "line2", asked.line2());
        putIfThere(recipient, "region", asked.region());
        putIfThere(recipient, "phone", asked.phone());
        JsonObject body =
                new JsonObject().put("reference", asked.orderId().toString()).put("recipient", recipient);
        String key = asked.shipmentId().toString();
        return carrier.post(delivery, "/v1/parcels", key, body).compose(said -> switch (said) {
            case Said.Yes yes -> answer(carrier, yes.body(), key);
            case Said.No no ->
                outcome(Parcel.plain().with(CommerceFields.STATUS, "refused").with(CommerceFields.REASON, no.code()));
        });
    }

    private static void putIfThere(JsonObject recipient, String name, @Nullable Plain<String> value) {
        if (value != null) {
            recipient.put(name, value.reveal());
        }
    }

    private static Future<Outcome<Parcel>> lookUp(PartnerClient carrier, Delivery<UUID> delivery) {
        UUID shipmentId = delivery.view();
        return carrier.lookUp(delivery, "/v1/parcels", shipmentId.toString()).compose(said -> switch (said) {
            case Said.Yes yes -> answer(carrier, yes.body(), shipmentId.toString());
            // any other "no" to a question says nothing of the parcel
            case Said.No no ->
                no.status() == 404 ? outcome(Parcel.plain().with(CommerceFields.STATUS, "absent")) : carrier.nonsense();
        });
    }

    /**
     * The carrier's parcel, if it says how it stands.
     *
     * @param dispatchKey the key that it must have been handed over under
     */
    private static Future<Outcome<Parcel>> answer(PartnerClient carrier, JsonObject parcel, String dispatchKey) {
        Answered said = new Answered(parcel);
        String status = said.text("status");
        String reference = said.text("id");
        boolean isAnother = !dispatchKey.equals(said.text("idempotency_key"));
        if (isAnother || status == null || reference == null || !STATUSES.contains(status)) {
            return carrier.nonsense();
        }
        return outcome(Parcel.plain()
                .with(CommerceFields.STATUS, status)
                .with(CommerceFields.REFERENCE, reference)
                .with(CommerceFields.TRACKING_NUMBER, said.text("tracking_number")));
    }

    private static Future<Outcome<Parcel>> outcome(Parcel parcel) {
        return Future.succeededFuture(Outcome.done(parcel));
    }
}
