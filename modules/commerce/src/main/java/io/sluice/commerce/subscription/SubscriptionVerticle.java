package io.sluice.commerce.subscription;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.Orders;
import io.sluice.commerce.api.Subscription;
import io.sluice.commerce.api.Subscriptions;
import io.sluice.commerce.ordering.OrderRefusal;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Serves what the merchant does with subscriptions. */
public final class SubscriptionVerticle extends VerticleBase {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Bus bus;
    private final SubscriptionStore subscriptions;

    SubscriptionVerticle(Bus bus, SubscriptionStore subscriptions) {
        this.bus = bus;
        this.subscriptions = subscriptions;
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                bus.serve(
                        Subscriptions.OPEN,
                        asked -> subscriptions.open(asked.view()).map(SubscriptionVerticle::one)),
                bus.serve(
                        Subscriptions.FIND,
                        asked -> subscriptions.find(asked.view()).map(SubscriptionVerticle::one)),
                bus.serve(Subscriptions.LIST, asked -> list(asked.view())),
                bus.serve(Subscriptions.CLOSE, asked -> subscriptions.close(asked.view())),
                bus.serve(
                        Subscriptions.ROTATE,
                        asked -> subscriptions.rotate(asked.view()).map(SubscriptionVerticle::one)),
                bus.serve(
                        Subscriptions.ENABLE,
                        asked -> subscriptions.enable(asked.view()).map(SubscriptionVerticle::one)),
                bus.serve(
                        Subscriptions.REPLAY,
                        asked -> subscriptions.replay(asked.view()).map(SubscriptionVerticle::one))));
    }

    private Future<Outcome<Parcel>> list(Orders.ListOffers wanted) {
        String cursor = wanted.cursor();
        if (cursor != null && !ID.matcher(cursor).matches()) {
            return Future.succeededFuture(Outcome.refused(OrderRefusal.CURSOR_INVALID));
        }
        int limit = (int) wanted.limit();
        return subscriptions
                .list(cursor == null ? null : UUID.fromString(cursor), limit)
                .map(found -> {
                    boolean isLast = found.size() <= limit;
                    List<Subscription> items = isLast ? found : found.subList(0, limit);
                    return Outcome.done(Parcel.plain()
                            .with(CommerceFields.SUBSCRIPTIONS, items)
                            .with(
                                    CommerceFields.CURSOR,
                                    isLast ? null : items.getLast().id().toString()));
                });
    }

    private static Outcome<Parcel> one(Outcome<Subscription> found) {
        return found.map(one -> Parcel.plain().with(CommerceFields.SUBSCRIPTIONS, List.of(one)));
    }
}
