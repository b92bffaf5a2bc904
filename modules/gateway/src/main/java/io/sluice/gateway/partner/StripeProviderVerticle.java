package io.sluice.gateway.partner;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.api.ProviderCalls;
import io.sluice.commerce.api.ProviderCalls.Authorise;
import io.sluice.gateway.webhook.stripe.StripeTerms;
import io.sluice.guard.Bus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code provider.*} by Stripe's payment intents, captured by hand. Each operation notes its id in the metadata of what it makes
 * or changes, for callbacks and for look-ups. May be deployed several times.
 *
 * * <p>What is asked, and what answers come to, stands in {@link StripeCalls}.
 */
public final class StripeProviderVerticle extends VerticleBase {

    private final Bus bus;
    private final PartnerSettings settings;
    private final URI returnUrl;
    private final MeterRegistry meters;
    private @Nullable PartnerClient client;

    /** @param returnUrl where the buyer's browser goes on from the bank's page */
    public StripeProviderVerticle(Bus bus, PartnerSettings settings, URI returnUrl, MeterRegistry meters) {
        this.bus = bus;
        this.settings = settings;
        this.returnUrl = returnUrl;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        PartnerClient stripe = new PartnerClient(vertx, settings, StripeCalls.DIALECT, meters);
        client = stripe;
        return Future.all(
                bus.serve(ProviderCalls.AUTHORISE, asked -> authorise(stripe, asked)),
                bus.serve(ProviderCalls.CAPTURE, asked -> StripeCalls.capture(stripe, asked)),
                bus.serve(ProviderCalls.VOID, asked -> StripeCalls.release(stripe, asked)),
                bus.serve(ProviderCalls.REFUND, asked -> StripeCalls.refund(stripe, asked)),
                bus.serve(ProviderCalls.LOOKUP, asked -> stripe.inTime(StripeCalls.lookUp(stripe, asked))));
    }

    @Override
    public Future<?> stop() {
        if (client != null) {
            client.close();
        }
        return Future.succeededFuture();
    }

    private Future<Outcome<Parcel>> authorise(PartnerClient stripe, Delivery<Authorise> delivery) {
        Authorise asked = delivery.view();
        Long amount = StripeTerms.UNITS.partners(asked.amount(), asked.currency());
        if (amount == null) {
            return StripeCalls.inexpressible();
        }
        FormBody form = new FormBody()
                .with("amount", amount)
                .with("currency", asked.currency().toLowerCase(Locale.ROOT))
                .with("capture_method", "manual")
                .with("confirm", "true")
                .with("payment_method", asked.method().reveal())
                .with("payment_method_types[]", "card")
                // parcels go out one by one; a card that cannot be captured so is captured once
                .with("payment_method_options[card][request_multicapture]", "if_available")
                .with("return_url", returnUrl.toString())
                .with(StripeCalls.metadata("order_id"), asked.orderId().toString())
                .with(
                        StripeCalls.metadata(StripeTerms.AUTHORISATION),
                        asked.operationId().toString());
        return StripeCalls.authorise(stripe, delivery, asked.operationId(), form);
    }
}
