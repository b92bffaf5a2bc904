package io.sluice.commerce.step;

import io.sluice.commerce.ordering.Order;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import java.util.Map;

/**
 * A step that this node has leased.
 *
 * @param attempts how often it has been leased, this time included: from the second on, somebody may have carried it out
 *     already and not lived to say so
 * @param sealed what rests sealed with the order
 */
public record Step(Lease lease, int attempts, Order order, Map<Field<String>, Sealed> sealed) {

    public Step {
        sealed = Map.copyOf(sealed);
    }

    public StepKey key() {
        return lease.step();
    }

    public boolean mayHaveHappened() {
        return attempts > 1;
    }

    /** An empty parcel about this order's persons. */
    public Parcel parcel() {
        return Parcel.about(Parties.of(order.buyer(), order.addressee(), order.id()));
    }
}
