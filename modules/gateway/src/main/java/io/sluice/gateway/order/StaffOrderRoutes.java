package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Orders;
import io.sluice.gateway.account.Principal;
import io.sluice.gateway.account.SignedIn;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Parameters;
import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.json.CardNumbers;
import io.sluice.gateway.json.JsonBody;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.vault.KeyedHash;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What staff may do with an order: look at it and at whom it concerns, masked, and pay money back. Each call names its purpose and its case. */
public final class StaffOrderRoutes implements Routes {

    private static final Pattern CASE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final SignedIn signedIn;
    private final Bus bus;
    private final KeyedHash hash;
    private final int maxDepth;
    private final StaffOrderView view;

    public StaffOrderRoutes(SignedIn signedIn, Bus bus, KeyedHash hash, int maxDepth) {
        this.signedIn = signedIn;
        this.bus = bus;
        this.hash = hash;
        this.maxDepth = maxDepth;
        this.view = new StaffOrderView(bus);
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/staff/orders/:id")
                .handler(signedIn.withRole(this::look, Role.SUPPORT, Role.PRIVACY_OFFICER, Role.OPERATOR));
        router.post("/v1/staff/orders/:id/refunds")
                .handler(signedIn.withRole(this::refund, Role.SUPPORT, Role.OPERATOR));
    }

    private void look(RoutingContext http, Principal who) {
        requireCase(http, Purpose.CUSTOMER_ASSISTANCE);
        view.show(http, who, Parameters.id(http, "id"));
    }

    private void refund(RoutingContext http, Principal who) {
        requireCase(http, Purpose.REFUND_MANAGEMENT);
        UUID order = Parameters.id(http, "id");
        String header = IdempotencyKey.in(http);
        RefundBody wanted = JsonBody.read(http, RefundBody.SHAPE, maxDepth).requireOneMeasure();
        IdempotencyKey key = IdempotencyKey.of(http, who.subject().value(), header, wanted.canonical(), hash);
        RefundBody.Amount amount = wanted.amount();
        Future<Outcome<OrderSummary>> refunded = lines(order, wanted.lines())
                .compose(lines -> bus.ask(
                        Orders.REFUND,
                        Parcel.plain()
                                .with(CommerceFields.ORDER_ID, order)
                                .with(CommerceFields.AMOUNT, amount == null ? null : amount.minor())
                                .with(CommerceFields.CURRENCY, amount == null ? null : amount.currency())
                                .with(CommerceFields.LINES, lines)
                                .with(CommerceFields.REASON, wanted.reason())
                                .with(CommerceFields.IDEMPOTENCY_SCOPE, key.scope())
                                .with(CommerceFields.IDEMPOTENCY_FINGERPRINT, key.fingerprint())));
        Answers.answer(http, refunded, summary -> OrderRoutes.created(http, summary));
    }

    /** The SKUs that stand in these places of the order. */
    private Future<@Nullable List<LineWanted>> lines(UUID order, @Nullable List<RefundBody.Place> places) {
        if (places == null) {
            return Future.succeededFuture(null);
        }
        return bus.ask(Orders.INSPECT, Parcel.plain().with(CommerceFields.ORDER_ID, order))
                .compose(outcome -> switch (outcome) {
                    case Outcome.Refused<OrderSummary> refused ->
                        Future.failedFuture(new Refused(Problems.of(refused)));
                    case Outcome.Done<OrderSummary> done -> Future.succeededFuture(chosen(done.value(), places));
                });
    }

    private static List<LineWanted> chosen(OrderSummary order, List<RefundBody.Place> places) {
        List<LineWanted> lines = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            RefundBody.Place place = places.get(i);
            if (place.line() >= order.lines().size()) {
                throw new Refused(Problems.of(
                        RequestRefusal.INVALID_FIELD,
                        new Problem.At("/lines/" + i + "/line", "must be a line of the order")));
            }
            lines.add(new LineWanted(order.lines().get(place.line()).sku(), place.quantity()));
        }
        return lines;
    }

    /** Whoever looks at a person's order says what for, and in which case; whether the case is one is not looked at yet. */
    private static void requireCase(RoutingContext http, Purpose purpose) {
        String said = requireHeader(http, "Purpose", "must be " + purpose.id());
        String reference = requireHeader(http, "Case", "must name an open case");
        if (CardNumbers.isIn(said) || CardNumbers.isIn(reference)) {
            throw new Refused(Problems.of(RequestRefusal.CARD_NUMBER));
        }
        if (!CASE.matcher(reference).matches()) {
            throw new Refused(
                    Problems.of(RequestRefusal.INVALID_HEADER, new Problem.At("Case", "must name an open case")));
        }
        if (!purpose.id().equals(said)) {
            throw new Refused(Problems.of(
                    RequestRefusal.PURPOSE_NOT_OF_CALL, new Problem.At("Purpose", "must be " + purpose.id())));
        }
    }

    private static String requireHeader(RoutingContext http, String name, String mustBe) {
        String value = http.request().getHeader(name);
        if (value == null || value.isBlank()) {
            throw new Refused(Problems.of(RequestRefusal.MISSING_HEADER, new Problem.At(name, mustBe)));
        }
        return value;
    }
}
