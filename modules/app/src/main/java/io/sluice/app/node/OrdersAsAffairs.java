package io.sluice.app.node;

import io.sluice.commerce.ordering.PersonsOrders;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.erasure.Affairs;
import io.sluice.stewardship.erasure.Ends;
import io.vertx.core.Future;
import java.util.Optional;

/** Tells stewardship of a person's orders, in its own words. */
record OrdersAsAffairs(PersonsOrders orders) implements Affairs {

    @Override
    public Future<Boolean> any(SubjectId person) {
        return orders.anyOpen(person);
    }

    @Override
    public Future<Ends> ends(SubjectId person) {
        return orders.ends(person)
                .map(ends ->
                        Ends.last(ends.stream().map(OrdersAsAffairs::inItsWords).toList()));
    }

    @Override
    public Future<Void> keep(SubjectId person, Keeping keeping) {
        return orders.keep(
                person,
                (order, ended, theirs) -> keeping.kept(
                        order, ended.map(OrdersAsAffairs::inItsWords).orElse(Ends.NONE), theirs));
    }

    private static Ends inItsWords(PersonsOrders.Ended ended) {
        return new Ends(Optional.of(ended.closedAt()), Optional.of(ended.settledAt()));
    }
}
