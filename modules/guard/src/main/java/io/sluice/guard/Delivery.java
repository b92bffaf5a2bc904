package io.sluice.guard;

import io.sluice.kernel.Rider;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What a handler receives.
 *
 * @param view exactly the fields granted to it
 * @param parties whom the message concerns
 * @param riders the use leaf, if the contract lets it ride in the handler's transaction: the handler must commit it with its
 *     effect, or its answer counts as a fault; empty if the leaf is durable already, or no personal field is in play
 * @param stillPermitted says, whenever it is asked, whether the permit behind the view still holds
 */
public record Delivery<V>(V view, Parties parties, List<Rider> riders, BooleanSupplier stillPermitted) {
    public Delivery {
        riders = List.copyOf(riders);
    }

    /**
     * Whether the permit still holds at this moment. What no transaction fences, above all a field that leaves the house, is
     * asked about right before it happens: a node may have stood still since the decision, and a withdrawal may have returned.
     */
    public boolean isStillPermitted() {
        return stillPermitted.getAsBoolean();
    }
}
