package io.sluice.gateway.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.Subscription;
import io.sluice.commerce.api.Subscriptions;
import io.sluice.gateway.account.Principal;
import io.sluice.gateway.account.SignedIn;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Parameters;
import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.json.JsonBody;
import io.sluice.gateway.order.IdempotencyKey;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Ids;
import io.sluice.kernel.Role;
import io.sluice.vault.KeyedHash;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the merchant does with subscriptions: the merchant's own role, and the operator's. A secret is shown to whoever makes it. */
public final class SubscriptionRoutes implements Routes {

    private final SignedIn signedIn;
    private final Bus bus;
    private final Ids ids;
    private final KeyedHash hash;
    private final SubscriptionSecrets secrets;
    private final boolean isPrivateAllowed;
    private final int maxDepth;

    /**
     * @param hash of idempotency keys
     * @param isPrivateAllowed whether receivers may be on this machine and in private networks, and without TLS
     */
    public SubscriptionRoutes(
            SignedIn signedIn,
            Bus bus,
            Ids ids,
            KeyedHash hash,
            SubscriptionSecrets secrets,
            boolean isPrivateAllowed,
            int maxDepth) {
        this.signedIn = signedIn;
        this.bus = bus;
        this.ids = ids;
        this.hash = hash;
        this.secrets = secrets;
        this.isPrivateAllowed = isPrivateAllowed;
        this.maxDepth = maxDepth;
    }

    @Override
    public void mount(Router router) {
        router.post("/v1/subscriptions").handler(merchant(this::open));
        router.get("/v1/subscriptions").handler(merchant(this::list));
        router.get("/v1/subscriptions/:id").handler(merchant((http, who) -> tell(http, Subscriptions.FIND)));
        router.delete("/v1/subscriptions/:id").handler(merchant(this::close));
        router.post("/v1/subscriptions/:id/rotate").handler(merchant(this::rotate));
        router.post("/v1/subscriptions/:id/enable").handler(merchant((http, who) -> tell(http, Subscriptions.ENABLE)));
        router.post("/v1/subscriptions/:id/replay").handler(merchant(this::replay));
    }

    private Handler<RoutingContext> merchant(SignedIn.As handler) {
        return signedIn.withRole(handler, Role.MERCHANT, Role.OPERATOR);
    }

    private void open(RoutingContext http, Principal who) {
        String header = IdempotencyKey.inOrFresh(http);
        SubscriptionBody wanted = JsonBody.read(http, SubscriptionBody.SHAPE, maxDepth);
        requireFit(wanted.url());
        IdempotencyKey key = IdempotencyKey.of(http, who.subject().value(), header, wanted.canonical(), hash);
        Subscription draft = Subscription.wanted(ids.next(), wanted.url(), wanted.events());
        Answers.answer(
                http,
                bus.ask(Subscriptions.OPEN, key.on(Parcel.plain().with(CommerceFields.SUBSCRIPTIONS, List.of(draft)))),
                made -> {
                    http.response().putHeader("Location", "/v1/subscriptions/" + made.id());
                    // who repeats the request may have lost the first secret, and has nothing to do with later ones
                    boolean isFirstSecret = made.secretsMadeAt().size() == 1;
                    Answers.json(http, 201, json -> write(json, made, isFirstSecret));
                });
    }

    private void requireFit(String url) {
        try {
            if (ReceiverUrl.of(url, isPrivateAllowed).host().isEmpty()) {
                throw new IllegalStateException("a fit URL has a host");
            }
        } catch (ReceiverUrl.Unfit unfit) {
            throw new Refused(Problems.of(RequestRefusal.INVALID_FIELD, new Problem.At("/url", unfit.mustBe())));
        }
    }

    private void list(RoutingContext http, Principal who) {
        Parcel query = Parcel.plain()
                .with(CommerceFields.CURSOR, Parameters.cursor(http))
                .with(CommerceFields.LIMIT, Parameters.limit(http));
        Answers.answer(
                http,
                bus.ask(Subscriptions.LIST, query),
                page -> Answers.json(http, 200, json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("items");
                    for (Subscription each : page.items()) {
                        write(json, each, false);
                    }
                    json.writeEndArray();
                    json.writeStringField("next", page.next());
                    json.writeEndObject();
                }));
    }

    private void close(RoutingContext http, Principal who) {
        Answers.answer(http, bus.ask(Subscriptions.CLOSE, about(http)), closed -> Answers.empty(http.response(), 204));
    }

    private void rotate(RoutingContext http, Principal who) {
        Answers.answer(
                http,
                bus.ask(Subscriptions.ROTATE, about(http)),
                rotated -> Answers.json(http, 200, json -> write(json, rotated, true)));
    }

    private void tell(RoutingContext http, Address<UUID, Subscription> address) {
        Answers.answer(
                http,
                bus.ask(address, about(http)),
                found -> Answers.json(http, 200, json -> write(json, found, false)));
    }

    private void replay(RoutingContext http, Principal who) {
        SubscriptionBody.Again again = http.body().length() > 0
                ? JsonBody.read(http, SubscriptionBody.Again.SHAPE, maxDepth)
                : SubscriptionBody.Again.PARKED;
        Long from = again.from();
        if (from != null && again.order() == null) {
            throw new Refused(Problems.of(
                    RequestRefusal.INVALID_FIELD, new Problem.At("/from_sequence", "must stand beside an order")));
        }
        Parcel wanted = about(http)
                .with(CommerceFields.ORDER_ID, again.order())
                .with(CommerceFields.CURSOR, from == null ? null : Long.toString(from - 1));
        Answers.answer(
                http,
                bus.ask(Subscriptions.REPLAY, wanted),
                replayed -> Answers.json(http, 202, json -> write(json, replayed, false)));
    }

    private static Parcel about(RoutingContext http) {
        return Parcel.plain().with(CommerceFields.OPERATION_ID, Parameters.id(http, "id"));
    }

    private void write(JsonGenerator json, Subscription one, boolean isSecretShown) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", one.id().toString());
        json.writeStringField("url", one.url());
        if (!one.events().isEmpty()) {
            json.writeArrayFieldStart("events");
            for (String event : one.events()) {
                json.writeString(event);
            }
            json.writeEndArray();
        }
        json.writeStringField("state", one.isActive() ? "active" : "disabled");
        if (isSecretShown) {
            json.writeStringField("secret", secrets.shown(one));
        }
        if (one.secretsMadeAt().size() > 1) {
            json.writeStringField(
                    "previous_secret_until", secrets.overlapEnd(one).toString());
        }
        json.writeNumberField("waiting", one.waiting());
        json.writeNumberField("parked", one.parked());
        json.writeArrayFieldStart("troubles");
        for (Subscription.Trouble trouble : one.troubles()) {
            json.writeStartObject();
            json.writeStringField("reason", trouble.reason());
            json.writeNumberField("orders", trouble.orders());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField(
                "created_at", Instant.ofEpochMilli(one.createdAtMillis()).toString());
        json.writeEndObject();
    }
}
