package io.sluice.commerce.ordering;

import io.sluice.commerce.api.Callbacks;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who outside moves money and parcels, and who may tell of it, by the names under which they call back. */
public record Partners(Side payments, Side carriers) {

    /**
     * Those of one kind.
     *
     * @param chosen whom new orders or parcels go by
     * @param speaksFor for whom else somebody may tell; of one's own doings everybody may
     * @param named whose payments or parcels somebody tells of by the partner's own name for them: these names are taken down
     */
    public record Side(String chosen, Map<String, Set<String>> speaksFor, Set<String> named) {

        public Side {
            speaksFor = Map.copyOf(speaksFor);
            named = Set.copyOf(named);
        }

        /** Of whose doings this partner may tell. */
        Set<String> toldOfBy(String partner) {
            Set<String> all = new HashSet<>(speaksFor.getOrDefault(partner, Set.of()));
            all.add(partner);
            return all;
        }
    }

    Side of(String topic) {
        return topic.equals(Callbacks.PAYMENT.name()) ? payments : carriers;
    }

    /**
     * Whether a callback may move something of an order. Parcels go by one carrier as yet; money by whom the order was placed with.
     *
     * @param provider by whom the order's money goes
     */
    boolean mayMove(OrderChange.CallbackKey callback, String provider) {
        Side side = of(callback.topic());
        String owner = side == payments ? provider : carriers.chosen();
        return side.toldOfBy(callback.partner()).contains(owner);
    }
}
