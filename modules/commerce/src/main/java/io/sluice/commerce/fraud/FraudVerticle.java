package io.sluice.commerce.fraud;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.FraudScreening;
import io.sluice.commerce.ordering.OrderReads;
import io.sluice.commerce.ordering.OrderingVerticle;
import io.sluice.guard.Bus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Snapshots;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;

/** Looks at orders by the merchant's rules. */
public final class FraudVerticle extends VerticleBase {

    private final Bus bus;
    private final OrderReads reads;
    private final Snapshots snapshots;
    private final Homes homes;
    private final FraudRules rules;

    public FraudVerticle(Bus bus, OrderReads reads, Snapshots snapshots, Homes homes, FraudRules rules) {
        this.bus = bus;
        this.reads = reads;
        this.snapshots = snapshots;
        this.homes = homes;
        this.rules = rules;
    }

    @Override
    public Future<?> start() {
        return bus.serve(FraudScreening.ADDRESS, this::screen);
    }

    private Future<Outcome<Parcel>> screen(Delivery<FraudScreening> delivery) {
        SubjectId buyer = OrderingVerticle.buyer(delivery);
        // the gate asks this of personal fields alone, and how often somebody orders is theirs to object to as well
        return snapshots
                .of(buyer)
                .compose(person -> person.filter(known -> known.permits(Purpose.FRAUD_PREVENTION))
                                .isPresent()
                        ? judged(buyer, delivery.view())
                        : Future.succeededFuture(Optional.of(Suspicion.OBJECTED)))
                .map(suspicion -> Outcome.done(Parcel.plain()
                        .with(
                                CommerceFields.STATUS,
                                suspicion.isPresent() ? FraudScreening.SUSPECT : FraudScreening.CLEAR)
                        .with(
                                CommerceFields.REASON,
                                suspicion.map(Suspicion::code).orElse(null))));
    }

    private Future<Optional<Suspicion>> judged(SubjectId buyer, FraudScreening asked) {
        Future<OrderReads.Pace> pace = reads.pace(buyer, asked.orderId(), rules.window());
        Plain<String> country = asked.country();
        Future<Boolean> abroad = country == null
                ? Future.succeededFuture(false)
                // who has named no country is at home nowhere: a person looks
                : homes.countryOf(buyer)
                        .map(home -> home.isEmpty() || !home.get().reveal().equals(country.reveal()));
        return Future.all(pace, abroad)
                .map(both -> rules.suspicion(new FraudRules.Evidence(
                        pace.result().orders(), pace.result().declined(), abroad.result())));
    }
}
