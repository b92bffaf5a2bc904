package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Orders;
import io.sluice.gateway.account.Principal;
import io.sluice.gateway.account.SignedIn;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.IdempotencyKey;
import io.sluice.gateway.http.Parameters;
import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.json.JsonReading;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.vault.KeyedHash;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What staff may do with an order: look at it, and pay money back. Each call names its purpose and its case. */
public final class StaffOrderRoutes implements Routes {

    private static final int MAX_REASON = 500;
    private static final int MAX_LINES = 100;
    private static final long MAX_AMOUNT = 1_000_000_000_000L;

    private final SignedIn signedIn;
    private final Bus bus;
    private final KeyedHash hash;
    private final int maxDepth;

    public StaffOrderRoutes(SignedIn signedIn, Bus bus, KeyedHash hash, int maxDepth) {
        this.signedIn = signedIn;
        this.bus = bus;
        this.hash = hash;
        this.maxDepth = maxDepth;
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/staff/orders/:id").handler(signedIn.withRole(this::look, Role.SUPPORT, Role.OPERATOR));
        router.post("/v1/staff/orders/:id/refunds")
                .handler(signedIn.withRole(this::refund, Role.SUPPORT, Role.OPERATOR));
    }

    private void look(RoutingContext http, Principal who) {
        requireCase(http, Purpose.CUSTOMER_ASSISTANCE);
        Parcel query = Parcel.plain().with(CommerceFields.ORDER_ID, Parameters.id(http, "id"));
        Answers.answer(http, bus.ask(Orders.INSPECT, query), order -> OrderRoutes.told(http, order));
    }

    private void refund(RoutingContext http, Principal who) {
        requireCase(http, Purpose.REFUND_MANAGEMENT);
        UUID order = Parameters.id(http, "id");
        Buffer body = JsonBodies.of(http);
        IdempotencyKey key = IdempotencyKey.of(http, who.subject().value(), body, hash);
        Wanted wanted = read(body);
        Future<Outcome<OrderSummary>> refunded = lines(order, wanted.lines())
                .compose(lines -> bus.ask(
                        Orders.REFUND,
                        Parcel.plain()
                                .with(CommerceFields.ORDER_ID, order)
                                .with(CommerceFields.AMOUNT, wanted.amount())
                                .with(CommerceFields.CURRENCY, wanted.currency())
                                .with(CommerceFields.LINES, lines)
                                .with(CommerceFields.REASON, wanted.reason())
                                .with(CommerceFields.IDEMPOTENCY_SCOPE, key.scope())
                                .with(CommerceFields.IDEMPOTENCY_FINGERPRINT, key.fingerprint())));
        Answers.answer(http, refunded, summary -> Answers.json(http, 201, json -> OrderJson.order(json, summary)));
    }

    /** @param lines by their place in the order, counted from 0, with the quantity to give back */
    private record Wanted(
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable List<Place> lines,
            String reason) {}

    private record Place(int line, int quantity) {}

    private Wanted read(Buffer body) {
        JsonReading reading = JsonReading.of(body, maxDepth);
        String reason = reading.text("reason", MAX_REASON);
        JsonReading amount = reading.optionalObject("amount");
        Long minor = amount == null ? null : amount.integer("amount", 1, MAX_AMOUNT);
        String currency = amount == null ? null : amount.text("currency", 3);
        List<JsonReading> lines = reading.optionalObjects("lines", MAX_LINES);
        if (lines != null && amount != null) {
            reading.wrong("lines", "must not be there beside an amount");
        }
        List<Place> places = lines == null
                ? null
                : lines.stream()
                        .map(line -> new Place(
                                (int) line.integer("line", 0, MAX_LINES), (int) line.integer("quantity", 1, 10_000)))
                        .toList();
        reading.end();
        return new Wanted(minor, currency, places, reason);
    }

    /** The SKUs that stand in these places of the order. */
    private Future<@Nullable List<LineWanted>> lines(UUID order, @Nullable List<Place> places) {
        if (places == null) {
            return Future.succeededFuture(null);
        }
        return bus.ask(Orders.INSPECT, Parcel.plain().with(CommerceFields.ORDER_ID, order))
                .compose(outcome -> switch (outcome) {
                    case Outcome.Refused<OrderSummary> refused ->
                        Future.failedFuture(new Refused(Problems.of(refused.code(), List.of())));
                    case Outcome.Done<OrderSummary> done -> Future.succeededFuture(chosen(done.value(), places));
                });
    }

    private static List<LineWanted> chosen(OrderSummary order, List<Place> places) {
        List<LineWanted> lines = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (place.line() >= order.lines().size()) {
                throw new Refused(Problems.of(
                        RequestRefusal.INVALID_FIELD,
                        new Problem.At("/lines/" + i + "/line", "must be a line of the order")));
            }
            lines.add(new LineWanted(order.lines().get(place.line()).sku(), place.quantity()));
        }
        return lines;
    }

    /** Whoever looks at a person's order says what for, and in which case. */
    private static void requireCase(RoutingContext http, Purpose purpose) {
        if (!purpose.id().equals(http.request().getHeader("purpose"))) {
            throw new Refused(
                    Problems.of(RequestRefusal.MISSING_HEADER, new Problem.At("Purpose", "must be " + purpose.id())));
        }
        String reference = http.request().getHeader("case");
        if (reference == null || !reference.matches("[A-Za-z0-9._:-]{1,64}")) {
            throw new Refused(
                    Problems.of(RequestRefusal.MISSING_HEADER, new Problem.At("Case", "must name an open case")));
        }
    }
}
