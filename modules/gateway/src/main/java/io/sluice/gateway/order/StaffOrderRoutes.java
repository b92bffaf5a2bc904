package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Orders;
import io.sluice.gateway.account.Principal;
import io.sluice.gateway.account.SignedIn;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Parameters;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.json.JsonBody;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.vault.KeyedHash;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What staff may do with an order: look at it and at whom it concerns, masked; stop it and let it go on; send its pieces out; take what
 * is owed, let go of the rest, and pay money back. Each call names its purpose and its case.
 */
public final class StaffOrderRoutes implements Routes {

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
        router.post("/v1/staff/orders/:id/dispatch")
                .handler(signedIn.withRole(this::dispatch, Role.FULFILMENT, Role.OPERATOR));
        plain(router, "hold", Orders.HOLD, Role.SUPPORT, Role.FULFILMENT, Role.OPERATOR);
        plain(router, "release", Orders.RELEASE, Role.SUPPORT, Role.FULFILMENT, Role.OPERATOR);
        plain(router, "capture", Orders.CAPTURE, Role.SUPPORT, Role.OPERATOR);
        plain(router, "void", Orders.VOID, Role.SUPPORT, Role.OPERATOR);
        router.post("/v1/staff/orders/:id/refunds")
                .handler(signedIn.withRole(this::refund, Role.SUPPORT, Role.OPERATOR));
        returned(router, "authorise", Role.SUPPORT, Role.OPERATOR);
        returned(router, "receive", Role.FULFILMENT, Role.OPERATOR);
        returned(router, "discard", Role.FULFILMENT, Role.OPERATOR);
        returned(router, "refund", Role.SUPPORT, Role.OPERATOR);
        returned(router, "reject", Role.SUPPORT, Role.OPERATOR);
    }

    /** A step of a return. Done again it changes nothing. */
    private void returned(Router router, String step, Role... roles) {
        router.post("/v1/staff/orders/:id/returns/:return/" + step)
                .handler(signedIn.withRole(
                        (http, who) -> {
                            StaffCase.require(http, Purpose.REFUND_MANAGEMENT);
                            RefundBody.Amount amount = step.equals("refund") && OrderRoutes.hasBody(http)
                                    ? JsonBody.read(http, ReturnBody.MONEY, maxDepth)
                                            .amount()
                                    : null;
                            Parcel further = about(Parameters.id(http, "id"))
                                    .with(CommerceFields.OPERATION_ID, Parameters.id(http, "return"))
                                    .with(CommerceFields.STATUS, step)
                                    .with(CommerceFields.AMOUNT, amount == null ? null : amount.minor())
                                    .with(CommerceFields.CURRENCY, amount == null ? null : amount.currency());
                            Answers.answer(
                                    http,
                                    bus.ask(Orders.RETURNED, further),
                                    summary -> OrderRoutes.told(http, 200, summary));
                        },
                        roles));
    }

    /** What needs no more than the order, and changes nothing if it is done again. */
    private void plain(Router router, String what, Address<?, OrderSummary> address, Role... roles) {
        router.post("/v1/staff/orders/:id/" + what)
                .handler(signedIn.withRole(
                        (http, who) -> {
                            StaffCase.require(http, address.purpose());
                            Answers.answer(
                                    http,
                                    bus.ask(address, about(Parameters.id(http, "id"))),
                                    summary -> OrderRoutes.told(http, 200, summary));
                        },
                        roles));
    }

    private void look(RoutingContext http, Principal who) {
        StaffCase.require(http, Purpose.CUSTOMER_ASSISTANCE);
        view.show(http, who, Parameters.id(http, "id"));
    }

    private void dispatch(RoutingContext http, Principal who) {
        StaffCase.require(http, Purpose.SHIPMENT);
        UUID order = Parameters.id(http, "id");
        String header = IdempotencyKey.in(http);
        LinesBody wanted = JsonBody.read(http, LinesBody.SENT, maxDepth);
        IdempotencyKey key = IdempotencyKey.of(http, who.subject().value(), header, wanted.canonical(), hash);
        Future<Outcome<OrderSummary>> sent = lines(order, wanted.lines())
                .compose(lines -> bus.ask(Orders.DISPATCH, key.on(about(order)).with(CommerceFields.LINES, lines)));
        Answers.answer(http, sent, summary -> OrderRoutes.created(http, summary));
    }

    private void refund(RoutingContext http, Principal who) {
        StaffCase.require(http, Purpose.REFUND_MANAGEMENT);
        UUID order = Parameters.id(http, "id");
        String header = IdempotencyKey.in(http);
        RefundBody wanted = JsonBody.read(http, RefundBody.SHAPE, maxDepth).requireOneMeasure();
        IdempotencyKey key = IdempotencyKey.of(http, who.subject().value(), header, wanted.canonical(), hash);
        RefundBody.Amount amount = wanted.amount();
        Future<Outcome<OrderSummary>> refunded = lines(order, wanted.lines())
                .compose(lines -> bus.ask(
                        Orders.REFUND,
                        key.on(about(order))
                                .with(CommerceFields.AMOUNT, amount == null ? null : amount.minor())
                                .with(CommerceFields.CURRENCY, amount == null ? null : amount.currency())
                                .with(CommerceFields.LINES, lines)
                                .with(CommerceFields.REASON, wanted.reason())));
        Answers.answer(http, refunded, summary -> OrderRoutes.created(http, summary));
    }

    private static Parcel about(UUID order) {
        return Parcel.plain().with(CommerceFields.ORDER_ID, order);
    }

    /** The SKUs that stand in these places of the order. */
    private Future<@Nullable List<LineWanted>> lines(UUID order, @Nullable List<OrderPlaces.Place> places) {
        if (places == null) {
            return Future.succeededFuture(null);
        }
        return OrderPlaces.of(bus.ask(Orders.INSPECT, about(order)), found -> OrderPlaces.chosen(found, places));
    }
}
