package io.sluice.gateway.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.webhook.CallbackProtocol.Arrival;
import io.sluice.gateway.webhook.CallbackProtocol.Event;
import io.sluice.gateway.webhook.CallbackProtocol.Verdict;
import io.sluice.gateway.webhook.Said.Slots;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes partners' callbacks in. One instance may serve the routers of several event loops. */
public final class WebhookRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRoutes.class);

    private final Bus bus;
    private final MeterRegistry meters;
    private final WebhookSettings settings;
    private final RefusalWriter refusals;
    private final Map<Partner, AtomicInteger> inHand = new ConcurrentHashMap<>();

    /** A partner whom something was believed of: one that is configured, so there are only so many. */
    private record Partner(Channel channel, String name, CallbackProtocol protocol) {}

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
        for (Channel channel : Channel.values()) {
            mount(router, channel);
        }
    }

    private void mount(Router router, Channel channel) {
        router.route(HttpMethod.POST, "/v1/webhooks/" + channel.path() + "/:provider")
                .handler(BodyHandler.create(false).setBodyLimit(settings.maxBody()))
                .handler(http -> take(http, channel))
                .failureHandler(failed -> {
                    if (failed.statusCode() == 413) {
                        refuse(failed, channel, WebhookRefusal.TOO_LARGE);
                    } else {
                        LOG.error("webhook failed channel={}", channel.path(), failed.failure());
                        refuse(failed, channel, WebhookRefusal.NOT_TAKEN);
                    }
                });
    }

    private void take(RoutingContext http, Channel channel) {
        String name = Objects.requireNonNullElse(http.pathParam("provider"), "");
        CallbackProtocol protocol = settings.partners(channel).get(name);
        if (protocol == null) {
            refuse(http, channel, WebhookRefusal.PARTNER_UNKNOWN);
            return;
        }
        Buffer body = Objects.requireNonNullElseGet(http.body().buffer(), Buffer::buffer);
        switch (protocol.judge(new Arrival(
                Objects.requireNonNullElse(http.request().path(), ""),
                http.request().headers(),
                body))) {
            case Verdict.Doubtful doubtful -> refuse(http, channel, doubtful.why());
            case Verdict.Genuine genuine -> queue(http, new Partner(channel, name, protocol), genuine.events());
        }
    }

    /**
     * So many of one partner's callbacks may wait, and no more: when all that a partner has missed comes at once, the others' still
     * find their way. Counted of genuine ones alone, so nobody takes a partner's place in the queue by pretending to be them.
     */
    private void queue(RoutingContext http, Partner partner, List<Event> events) {
        AtomicInteger waiting = inHand.computeIfAbsent(partner, first -> new AtomicInteger());
        if (waiting.incrementAndGet() > settings.maxInHand()) {
            waiting.decrementAndGet();
            refuse(http, partner.channel(), WebhookRefusal.TOO_MANY);
            return;
        }
        handOver(http, partner, events).onComplete(known -> waiting.decrementAndGet());
    }

    /** Answered once every event is durable in the inbox; if one of them is not, all come again, and the others are known then. */
    private Future<?> handOver(RoutingContext http, Partner partner, List<Event> events) {
        Channel channel = partner.channel();
        List<Future<Void>> known = events.stream()
                .flatMap(event -> slots(channel, event).stream()
                        .map(slots -> handOver(channel, partner.name(), event.id(), slots)))
                .toList();
        return Future.join(known)
                .onSuccess(durable ->
                        acknowledge(http, channel, partner.protocol(), known.isEmpty() ? "unknown-kind" : "taken"))
                .onFailure(away -> {
                    if (!(away instanceof Unavailable)) {
                        LOG.warn("callback not taken channel={} partner={}", channel.path(), partner.name(), away);
                    }
                    refuse(http, channel, WebhookRefusal.NOT_TAKEN);
                });
    }

    private static Optional<Slots> slots(Channel channel, Event event) {
        return event.said() instanceof Said.Known known
                        && channel.takes(known.slots().kind())
                ? Optional.of(known.slots())
                : Optional.empty();
    }

    /** Succeeds once the event is durable in the inbox. A refusal there means: not now. */
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
        Address<Callbacks.Callback, Address.Done> inbox = switch (channel) {
            case PAYMENTS -> Callbacks.PAYMENT;
            case CARRIERS -> Callbacks.SHIPMENT;
        };
        return bus.ask(inbox, parcel, settings.patience()).compose(outcome -> switch (outcome) {
            case Outcome.Done<Address.Done> done -> Future.succeededFuture();
            case Outcome.Refused<Address.Done> refused -> Future.failedFuture(new Unavailable(refused.code()));
        });
    }

    private void acknowledge(RoutingContext http, Channel channel, CallbackProtocol protocol, String result) {
        count(channel, result);
        String words = protocol.acknowledgement();
        if (!words.isEmpty()) {
            http.response().putHeader("Content-Type", "text/plain; charset=utf-8");
        }
        http.response()
                .setStatusCode(200)
                .putHeader("Cache-Control", "no-store")
                .end(words)
                .onFailure(gone -> LOG.debug("partner did not wait for the answer"));
    }

    private void refuse(RoutingContext http, Channel channel, WebhookRefusal refusal) {
        count(channel, refusal.code());
        if (refusal == WebhookRefusal.NOT_TAKEN || refusal == WebhookRefusal.TOO_MANY) {
            http.response().putHeader("Retry-After", "1");
        }
        refusals.write(http, refusal);
    }

    private void count(Channel channel, String result) {
        meters.counter("sluice.webhooks.in", "channel", channel.path(), "result", result)
                .increment();
    }
}
