package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Orders;
import io.sluice.commerce.ordering.OrderRefusal;
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
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Snapshots;
import io.sluice.kernel.Field;
import io.sluice.kernel.Owner;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Corrects where an order goes, before it does: the buyer, who has seen the order as it stands (RFC 9110, 13.1.1), or staff who were
 * told. The address is sealed for the person that it is of, as at checkout: the recipient of a gift, else the buyer.
 */
public final class DeliveryRoutes implements Routes {

    private final SignedIn signedIn;
    private final Bus bus;
    private final Sealing sealing;
    private final Snapshots snapshots;
    private final int maxDepth;

    public DeliveryRoutes(SignedIn signedIn, Bus bus, Sealing sealing, Snapshots snapshots, int maxDepth) {
        this.signedIn = signedIn;
        this.bus = bus;
        this.sealing = sealing;
        this.snapshots = snapshots;
        this.maxDepth = maxDepth;
    }

    @Override
    public void mount(Router router) {
        router.patch("/v1/orders/:id/delivery").handler(signedIn.anybody(this::byBuyer));
        router.post("/v1/staff/orders/:id/delivery")
                .handler(signedIn.withRole(this::byStaff, Role.FULFILMENT, Role.OPERATOR));
    }

    private void byBuyer(RoutingContext http, Principal who) {
        List<String> tags = http.request().headers().getAll("if-match");
        if (tags.isEmpty()) {
            throw new Refused(Problems.of(
                    RequestRefusal.PRECONDITION_MISSING,
                    new Problem.At("If-Match", "must be the order's ETag as you have seen it")));
        }
        correct(http, found -> {
            if (!who.subject().equals(found.parties().buyer())) {
                throw new Refused(Problems.of(OrderRefusal.NOT_FOUND));
            }
            if (!OrderRoutes.isMatched(found.order(), tags)) {
                throw new Refused(Problems.of(OrderRefusal.CHANGED_MEANWHILE));
            }
            return Optional.of(found.order().version());
        });
    }

    private void byStaff(RoutingContext http, Principal who) {
        StaffCase.require(http, Purpose.SHIPMENT);
        correct(http, anybodys -> Optional.empty());
    }

    /** @param seen the version that it must still have then, if any; throws {@link Refused} where the asker may not do it */
    private void correct(RoutingContext http, Function<Orders.Concerned, Optional<Long>> seen) {
        UUID id = Parameters.id(http, "id");
        PersonalTexts address = JsonBody.read(http, DeliveryBody.SHAPE, maxDepth);
        Future<Outcome<OrderSummary>> corrected = bus.ask(
                        Orders.CONCERNED, Parcel.plain().with(CommerceFields.ORDER_ID, id))
                .compose(Refused::unlessDone)
                .compose(found -> readdressed(found, seen.apply(found), address))
                .compose(parcel -> bus.ask(Orders.READDRESS, parcel));
        Answers.answer(http, corrected, order -> OrderRoutes.told(http, 200, order));
    }

    private Future<Parcel> readdressed(Orders.Concerned found, Optional<Long> seen, PersonalTexts address) {
        UUID order = found.order().id();
        SubjectId owner = Objects.requireNonNull(found.parties().owner(Owner.ADDRESSEE), "an order is somebody's");
        return PlaceOrderRoute.permitted(snapshots, owner)
                .compose(person -> sealing.of(person.region(), owner))
                .map(seal -> {
                    Parcel parcel = Parcel.about(found.parties())
                            .with(CommerceFields.ORDER_ID, order)
                            .with(
                                    CommerceFields.CURSOR,
                                    seen.map(String::valueOf).orElse(null));
                    for (Field<String> field : CommerceFields.DELIVERY) {
                        String value = address.of(field);
                        if (value != null) {
                            parcel = parcel.withSealed(field, seal.seal(order, field, value));
                        }
                    }
                    return parcel;
                });
    }
}
