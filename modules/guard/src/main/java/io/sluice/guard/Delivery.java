package io.sluice.guard;

import io.sluice.kernel.Rider;
import java.util.List;

/**
 * What a handler receives.
 *
 * @param view exactly the fields granted to it
 * @param parties whom the message concerns
 * @param riders the use leaf, if the contract lets it ride in the handler's transaction: the handler must commit it with its
 *     effect, or its answer counts as a fault; empty if the leaf is durable already, or no personal field is in play
 */
public record Delivery<V>(V view, Parties parties, List<Rider> riders) {
    public Delivery {
        riders = List.copyOf(riders);
    }
}
