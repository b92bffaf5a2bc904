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
 * @param mayHaveHappened whether it was leased before: somebody may have carried it out and not lived to say so
 * @param putOffs how often whoever held it has given it back undone; a hold that ended with its node is none
 * @param sealed what rests sealed with the order
 */
public record Step(Lease lease, boolean mayHaveHappened, int putOffs, Order order, Map<Field<String>, Sealed> sealed) {

    public Step {
        sealed = Map.copyOf(sealed);
    }

    public StepKey key() {
        return lease.step();
    }

    /** An empty parcel about this order's persons. */
    public Parcel parcel() {
        return Parcel.about(Parties.of(order.buyer(), order.addressee(), order.id()));
    }
}
