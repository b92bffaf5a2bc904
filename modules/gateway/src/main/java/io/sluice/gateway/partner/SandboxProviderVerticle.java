package io.sluice.gateway.partner;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.ProviderCalls;
import io.sluice.commerce.api.ProviderCalls.Authorise;
import io.sluice.commerce.api.ProviderCalls.Onward;
import io.sluice.commerce.api.ProviderCalls.Sought;
import io.sluice.gateway.partner.PartnerClient.Said;
import io.sluice.guard.Bus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Serves {@code provider.*} by the sandbox provider's protocol. May be deployed several times. */
public final class SandboxProviderVerticle extends VerticleBase {

    private static final Set<Integer> DEFINITE = Set.of(400, 402, 404, 410, 422);
    private static final Set<String> STATUSES =
            Set.of("succeeded", "pending", "requires_action", "declined", "failed", "expired", "reversed");

    private final Bus bus;
    private final PartnerSettings settings;
    private final MeterRegistry meters;
    private @Nullable PartnerClient client;

    public SandboxProviderVerticle(Bus bus, PartnerSettings settings, MeterRegistry meters) {
        this.bus = bus;
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        PartnerClient provider = new PartnerClient(vertx, settings, Dialect.plain(DEFINITE), meters);
        client = provider;
        return Future.all(
                bus.serve(ProviderCalls.AUTHORISE, asked -> authorise(provider, asked)),
                bus.serve(ProviderCalls.CAPTURE, asked -> capture(provider, asked)),
                bus.serve(ProviderCalls.VOID, asked -> release(provider, asked)),
                bus.serve(ProviderCalls.REFUND, asked -> refund(provider, asked)),
                bus.serve(ProviderCalls.LOOKUP, asked -> lookUp(provider, asked)));
    }

    @Override
    public Future<?> stop() {
        if (client != null) {
            client.close();
        }
        return Future.succeededFuture();
    }

    private static Future<Outcome<Parcel>> authorise(PartnerClient provider, Delivery<Authorise> delivery) {
        Authorise asked = delivery.view();
        JsonObject body = new JsonObject()
                .put("amount", asked.amount())
                .put("currency", asked.currency())
                .put("method", asked.method().reveal())
                .put("reference", asked.orderId().toString());
        return done(provider, delivery, "/v1/authorisations", asked.operationId(), body);
    }

    private static Future<Outcome<Parcel>> capture(PartnerClient provider, Delivery<Onward> delivery) {
        Onward asked = delivery.view();
        JsonObject body = new JsonObject().put("amount", asked.amount()).put("final", asked.isFinal());
        return done(
                provider,
                delivery,
                "/v1/authorisations/" + PathSegment.of(asked.reference()) + "/captures",
                asked.operationId(),
                body);
    }

    private static Future<Outcome<Parcel>> release(PartnerClient provider, Delivery<Onward> delivery) {
        Onward asked = delivery.view();
        // without an amount it is all that is left: the provider may hold another amount than was asked for
        return done(
                provider,
                delivery,
                "/v1/authorisations/" + PathSegment.of(asked.reference()) + "/voids",
                asked.operationId(),
                new JsonObject());
    }

    private static Future<Outcome<Parcel>> refund(PartnerClient provider, Delivery<Onward> delivery) {
        Onward asked = delivery.view();
        JsonObject body = new JsonObject().put("amount", asked.amount());
        return done(
                provider,
                delivery,
                "/v1/captures/" + PathSegment.of(asked.reference()) + "/refunds",
                asked.operationId(),
                body);
    }

    private static Future<Outcome<Parcel>> done(
            PartnerClient provider, Delivery<?> delivery, String path, UUID operationId, JsonObject body) {
        return provider.post(delivery, path, operationId.toString(), body).compose(said -> switch (said) {
            case Said.Yes yes -> answer(provider, operationId, yes.body());
            case Said.No no ->
                outcome(Parcel.plain().with(CommerceFields.STATUS, "failed").with(CommerceFields.REASON, no.code()));
        });
    }

    private static Future<Outcome<Parcel>> lookUp(PartnerClient provider, Delivery<Sought> delivery) {
        UUID operationId = delivery.view().operationId();
        return provider.lookUp(delivery, "/v1/operations", operationId.toString())
                .compose(said -> switch (said) {
                    case Said.Yes yes -> answer(provider, operationId, yes.body());
                    // any other "no" to a question says nothing of the operation
                    case Said.No no ->
                        no.status() == 404
                                ? outcome(Parcel.plain().with(CommerceFields.STATUS, "absent"))
                                : provider.nonsense();
                });
    }

    /** The provider's operation, if it is the one that was asked about and says how it stands. */
    private static Future<Outcome<Parcel>> answer(PartnerClient provider, UUID operationId, JsonObject operation) {
        Answered said = new Answered(operation);
        String status = said.text("status");
        String reference = said.text("id");
        if (!operationId.toString().equals(said.text("idempotency_key"))
                || status == null
                || reference == null
                || !STATUSES.contains(status)) {
            return provider.nonsense();
        }
        return outcome(Parcel.plain()
                .with(CommerceFields.STATUS, status)
                .with(CommerceFields.REFERENCE, reference)
                .with(CommerceFields.AMOUNT, said.number("amount"))
                .with(CommerceFields.CURRENCY, said.text("currency"))
                .with(CommerceFields.REASON, said.text("decline_code"))
                .with(CommerceFields.NEXT_ACTION_URL, said.within("next_action").text("url")));
    }

    private static Future<Outcome<Parcel>> outcome(Parcel parcel) {
        return Future.succeededFuture(Outcome.done(parcel));
    }
}
