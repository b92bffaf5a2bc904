package io.sluice.gateway.account;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Routes;
import io.sluice.guard.Bus;
import io.sluice.guard.Parcel;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.ConsentEntry;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.PurposeWish;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a customer permits: shown, and changed purpose by purpose. A withdrawal is answered once it holds on every node
 * (clause D5), which takes a lease.
 */
final class ConsentRoutes implements Routes {

    // a withdrawal waits for a lease before it is answered
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Bus bus;
    private final Supplier<String> policyVersion;
    private final Authenticator authenticator;

    /** @param policyVersion the version of the law in force, to which a wish refers */
    ConsentRoutes(Bus bus, Supplier<String> policyVersion, Authenticator authenticator) {
        this.bus = bus;
        this.policyVersion = policyVersion;
        this.authenticator = authenticator;
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/me/consents").handler(http -> authenticator.admit(http, who -> list(http, who.subject())));
        router.put("/v1/me/consents/:purpose")
                .handler(http -> authenticator.admit(http, who -> decide(http, who.subject())));
    }

    private void list(RoutingContext http, SubjectId subject) {
        Answers.answer(
                http,
                bus.ask(Persons.CONSENTED, Parcel.about(Persons.of(subject))),
                entries -> Answers.json(http, 200, json -> write(entries, json)));
    }

    private static void write(List<ConsentEntry> entries, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (ConsentEntry entry : entries) {
            json.writeStartObject();
            json.writeStringField("purpose", entry.purpose());
            json.writeBooleanField("granted", entry.granted());
            json.writeStringField("basis", entry.basis());
            json.writeStringField("policy_version", entry.policyVersion());
            json.writeStringField("channel", entry.channel());
            json.writeStringField("at", Instant.ofEpochMilli(entry.atMillis()).toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNullField("next");
        json.writeEndObject();
    }

    private void decide(RoutingContext http, SubjectId subject) {
        PurposeWish wish = AccountReading.wish(http);
        Parcel parcel = Parcel.about(Persons.of(subject))
                .with(StewardshipFields.WISHES, List.of(wish))
                .with(StewardshipFields.POLICY_VERSION, policyVersion.get())
                .with(StewardshipFields.CHANNEL, "api");
        Answers.answer(
                http,
                bus.ask(Persons.DECIDE, parcel, PATIENCE),
                done -> Answers.json(http, 200, json -> {
                    json.writeStartObject();
                    json.writeStringField("purpose", wish.purpose());
                    json.writeBooleanField("granted", wish.granted());
                    json.writeEndObject();
                }));
    }
}
