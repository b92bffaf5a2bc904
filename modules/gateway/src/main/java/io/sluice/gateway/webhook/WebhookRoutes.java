package io.sluice.gateway.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.webhook.CallbackReader.Said;
import io.sluice.gateway.webhook.CallbackReader.Slots;
import io.sluice.gateway.webhook.StandardWebhooks.Verdict;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes partners' callbacks in. One instance may serve the routers of several event loops. */
public final class WebhookRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRoutes.class);
    private static final CallbackReader PAYMENTS =
            new CallbackReader(Set.of("authorisation", "capture", "void", "refund", "chargeback"));
    private static final CallbackReader SHIPMENTS = new CallbackReader(Set.of("shipment"));

    private final Bus bus;
    private final MeterRegistry meters;
    private final WebhookSettings settings;
    private final RefusalWriter refusals;

    /** @param refusals writes a refusal as a problem document */
    public WebhookRoutes(Bus bus, MeterRegistry meters, WebhookSettings settings, RefusalWriter refusals) {
        this.bus = bus;
        this.meters = meters;
        this.settings = settings;
        this.refusals = refusals;
    }

    /** How a refusal is told over HTTP. */
    @FunctionalInterface
    public interface RefusalWriter {
        void write(RoutingContext http, WebhookRefusal refusal);
    }

    /** Adds both endpoints. To be called before a body handler for all routes is added: the signature needs the raw bytes. */
    public void mount(Router router) {
        mount(router, new Channel("payments", Callbacks.PAYMENT, PAYMENTS, settings.payments()));
        mount(router, new Channel("carriers", Callbacks.SHIPMENT, SHIPMENTS, settings.carriers()));
    }

    /** One of the two endpoints: where its callbacks go, how they are read, and whose they may be. */
    private record Channel(
            String name,
            Address<Callbacks.Callback, Address.Done> inbox,
            CallbackReader reader,
            Map<String, StandardWebhooks> partners) {}

    private void mount(Router router, Channel channel) {
        router.route(HttpMethod.POST, "/v1/webhooks/" + channel.name + "/:provider")
                .handler(BodyHandler.create(false).setBodyLimit(settings.maxBody()))
                .handler(http -> take(http, channel))
                .failureHandler(failed -> {
                    if (failed.statusCode() == 413) {
                        refuse(failed, channel, WebhookRefusal.TOO_LARGE);
                    } else {
                        LOG.error("webhook failed channel={}", channel.name, failed.failure());
                        refuse(failed, channel, WebhookRefusal.NOT_TAKEN);
                    }
                });
    }

    private void take(RoutingContext http, Channel channel) {
        String partner = Objects.requireNonNullElse(http.pathParam("provider"), "");
        StandardWebhooks verifier = channel.partners.get(partner);
        if (verifier == null) {
            refuse(http, channel, WebhookRefusal.PARTNER_UNKNOWN);
            return;
        }
        Buffer body = Objects.requireNonNullElseGet(http.body().buffer(), Buffer::buffer);
        switch (verifier.verify(http.request().headers(), body)) {
            case Verdict.Doubtful doubtful -> refuse(http, channel, doubtful.why());
            case Verdict.Genuine genuine -> read(http, channel, partner, genuine.eventId(), body);
        }
    }

    private void read(RoutingContext http, Channel channel, String partner, String eventId, Buffer body) {
        switch (channel.reader.read(body.getBytes())) {
            case Said.Malformed malformed -> refuse(http, channel, WebhookRefusal.MALFORMED);
            case Said.Unknown unknown -> acknowledge(http, channel, "unknown-kind");
            case Said.Known known ->
                handOver(channel, partner, eventId, known.slots())
                        .onSuccess(durable -> acknowledge(http, channel, "taken"))
                        .onFailure(away -> {
                            if (!(away instanceof Unavailable)) {
                                LOG.warn("callback not taken channel={} partner={}", channel.name, partner, away);
                            }
                            refuse(http, channel, WebhookRefusal.NOT_TAKEN);
                        });
        }
    }

    /** Succeeds once the callback is durable in the inbox. A refusal there means: not now. */
    private Future<Void> handOver(Channel channel, String partner, String eventId, Slots slots) {
        Parcel parcel = Parcel.plain()
                .with(CommerceFields.PARTNER, partner)
                .with(CommerceFields.EVENT_ID, eventId)
                .with(CommerceFields.EVENT_KIND, slots.kind())
                .with(CommerceFields.OPERATION_ID, slots.operationId())
                .with(CommerceFields.REFERENCE, slots.reference())
                .with(CommerceFields.STATUS, slots.status())
                .with(CommerceFields.AMOUNT, slots.amount())
                .with(CommerceFields.CURRENCY, slots.currency())
                .with(CommerceFields.TRACKING_NUMBER, slots.trackingNumber())
                .with(CommerceFields.REASON, slots.reason());
        return bus.ask(channel.inbox, parcel, settings.patience()).compose(outcome -> switch (outcome) {
            case Outcome.Done<Address.Done> done -> Future.succeededFuture();
            case Outcome.Refused<Address.Done> refused -> Future.failedFuture(new Unavailable(refused.code()));
        });
    }

    private void acknowledge(RoutingContext http, Channel channel, String result) {
        count(channel, result);
        http.response()
                .setStatusCode(200)
                .putHeader("Cache-Control", "no-store")
                .end()
                .onFailure(gone -> LOG.debug("partner did not wait for the answer"));
    }

    private void refuse(RoutingContext http, Channel channel, WebhookRefusal refusal) {
        count(channel, refusal.code());
        if (refusal == WebhookRefusal.NOT_TAKEN) {
            http.response().putHeader("Retry-After", "1");
        }
        refusals.write(http, refusal);
    }

    private void count(Channel channel, String result) {
        meters.counter("sluice.webhooks.in", "channel", channel.name, "result", result)
                .increment();
    }
}
