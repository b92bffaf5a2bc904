package io.sluice.gateway.order;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Orders;
import io.sluice.commerce.api.PersonsShown;
import io.sluice.gateway.account.Principal;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.SignInRefusal;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * An order as staff see it: the summary, and whom it concerns as far as the guard lets them be shown. What the guard keeps back
 * does not keep the summary back.
 */
final class StaffOrderView {

    private static final int TAG_BYTES = 16;

    private final Bus bus;

    StaffOrderView(Bus bus) {
        this.bus = bus;
    }

    /** Answers with the order. One that is not there concerns nobody, so nobody is asked for. */
    void show(RoutingContext http, Principal who, UUID order) {
        Answers.answer(
                http,
                bus.ask(Orders.INSPECT, about(order)),
                summary -> Answers.answer(http, persons(who, order), persons -> shown(http, summary, persons)));
    }

    private static Parcel about(UUID order) {
        return Parcel.plain().with(CommerceFields.ORDER_ID, order);
    }

    /** The persons, or why they are not shown; a failure only if we could not find out. */
    private Future<Outcome<Outcome<PersonsShown>>> persons(Principal who, UUID order) {
        boolean maySee = Orders.PERSONS.shownTo().stream().anyMatch(who::has);
        Future<Outcome<PersonsShown>> asked = maySee
                ? bus.ask(Orders.PERSONS, about(order))
                : Future.succeededFuture(Outcome.refused(SignInRefusal.ROLE_MISSING));
        return asked.map(Outcome::done);
    }

    private static void shown(RoutingContext http, OrderSummary summary, Outcome<PersonsShown> persons) {
        Buffer body = Answers.personalBytes(json -> write(json, summary, persons));
        OrderRoutes.tagged(http, tag(body), () -> Answers.json(http, 200, body));
    }

    private static void write(JsonGenerator json, OrderSummary summary, Outcome<PersonsShown> persons)
            throws IOException {
        json.writeStartObject();
        OrderJson.members(json, summary);
        if (summary.suspicion() != null) {
            json.writeStringField("suspicion", summary.suspicion());
        }
        switch (persons) {
            case Outcome.Done<PersonsShown> shown -> {
                json.writeFieldName("persons");
                PersonsJson.persons(json, shown.value());
            }
            case Outcome.Refused<PersonsShown> refused -> {
                json.writeNullField("persons");
                json.writeStringField("persons_withheld", refused.code());
            }
        }
        json.writeEndObject();
    }

    /** Of the whole answer: what persons permit changes it, and the order's version does not tell. */
    private static String tag(Buffer body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
            return "\"" + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
