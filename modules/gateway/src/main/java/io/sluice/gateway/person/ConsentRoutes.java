package io.sluice.gateway.person;

import io.sluice.gateway.account.Principal;
import io.sluice.gateway.account.SignedIn;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.json.JsonBody;
import io.sluice.gateway.json.JsonFlag;
import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonText;
import io.sluice.gateway.json.JsonValue;
import io.sluice.guard.Bus;
import io.sluice.guard.Parcel;
import io.sluice.stewardship.api.ConsentEntry;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.PurposeWish;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /v1/me/consents}: what stands on record, and saying yes or no to one purpose. */
public final class ConsentRoutes implements Routes {

    private static final JsonValue<Decision> DECISION = JsonObject.<Draft>empty()
            .required("granted", JsonFlag.FLAG, (draft, granted) -> draft.granted = granted)
            .optional(
                    "policy_version", JsonText.upTo(64), (draft, version) -> draft.policyVersion = Optional.of(version))
            .as(Draft::new, draft -> new Decision(draft.granted, draft.policyVersion));

    private record Decision(boolean granted, Optional<String> policyVersion) {}

    private static final class Draft {
        private boolean granted;
        private Optional<String> policyVersion = Optional.empty();
    }

    private final SignedIn signedIn;
    private final Bus bus;
    private final Supplier<String> law;
    private final int maxDepth;

    /** @param law name of the version in force */
    public ConsentRoutes(SignedIn signedIn, Bus bus, Supplier<String> law, int maxDepth) {
        this.signedIn = signedIn;
        this.bus = bus;
        this.law = law;
        this.maxDepth = maxDepth;
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/me/consents").handler(signedIn.anybody(this::list));
        router.put("/v1/me/consents/:purpose").handler(signedIn.anybody(this::decide));
    }

    private void list(RoutingContext http, Principal who) {
        Answers.answer(
                http,
                bus.ask(Persons.CONSENTED, Parcel.about(Persons.of(who.subject()))),
                entries -> Answers.json(http, 200, json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("items");
                    for (ConsentEntry entry : entries) {
                        json.writeStartObject();
                        json.writeStringField("purpose", entry.purpose());
                        json.writeBooleanField("granted", entry.granted());
                        json.writeStringField("basis", entry.basis());
                        json.writeStringField("policy_version", entry.policyVersion());
                        json.writeStringField("channel", entry.channel());
                        json.writeStringField(
                                "at", Instant.ofEpochMilli(entry.atMillis()).toString());
                        json.writeBooleanField("needs_renewal", entry.needsRenewal());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeNullField("next");
                    json.writeEndObject();
                }));
    }

    /**
     * Once this has been answered, nothing is decided under what was said before, on any node. Who says which version they have read
     * says yes to no other, though another has taken effect since.
     */
    private void decide(RoutingContext http, Principal who) {
        Decision decision = JsonBody.read(http, DECISION, maxDepth);
        boolean granted = decision.granted();
        String purpose = String.valueOf(http.pathParam("purpose"));
        Parcel wish = Parcel.about(Persons.of(who.subject()))
                .with(StewardshipFields.WISHES, List.of(new PurposeWish(purpose, granted)))
                .with(StewardshipFields.POLICY_VERSION, decision.policyVersion().orElseGet(law))
                .with(StewardshipFields.CHANNEL, "api");
        Answers.answer(
                http,
                bus.ask(Persons.DECIDE, wish),
                done -> Answers.json(http, 200, json -> {
                    json.writeStartObject();
                    json.writeStringField("purpose", purpose);
                    json.writeBooleanField("granted", granted);
                    json.writeEndObject();
                }));
    }
}
