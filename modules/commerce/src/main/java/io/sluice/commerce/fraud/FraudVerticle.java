package io.sluice.commerce.fraud;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.FraudScreening;
import io.sluice.commerce.ordering.OrderReads;
import io.sluice.commerce.ordering.OrderingVerticle;
import io.sluice.guard.Bus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Plain;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Looks at orders by the merchant's rules. */
public final class FraudVerticle extends VerticleBase {

    private final Bus bus;
    private final OrderReads reads;
    private final Homes homes;
    private final FraudRules rules;

    public FraudVerticle(Bus bus, OrderReads reads, Homes homes, FraudRules rules) {
        this.bus = bus;
        this.reads = reads;
        this.homes = homes;
        this.rules = rules;
    }

    @Override
    public Future<?> start() {
        return bus.serve(FraudScreening.ADDRESS, this::screen);
    }

    private Future<Outcome<Parcel>> screen(Delivery<FraudScreening> delivery) {
        FraudScreening asked = delivery.view();
        Future<OrderReads.Pace> pace = reads.pace(OrderingVerticle.buyer(delivery), asked.orderId(), rules.window());
        Plain<String> country = asked.country();
        Future<Boolean> abroad = country == null
                ? Future.succeededFuture(false)
                : homes.countryOf(OrderingVerticle.buyer(delivery))
                        // who has named no country is at home nowhere: a person looks
                        .map(home -> home.isEmpty() || !home.get().reveal().equals(country.reveal()));
        return Future.all(pace, abroad)
                .map(both -> rules.suspicion(new FraudRules.Evidence(
                        pace.result().orders(), pace.result().declined(), abroad.result())))
                .map(suspicion -> Outcome.done(Parcel.plain()
                        .with(
                                CommerceFields.STATUS,
                                suspicion.isPresent() ? FraudScreening.SUSPECT : FraudScreening.CLEAR)
                        .with(
                                CommerceFields.REASON,
                                suspicion.map(Suspicion::code).orElse(null))));
    }
}
