package io.sluice.stewardship.erasure;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When what the law counts from has happened. Of what has not, nothing is kept.
 *
 * @param orderClosed when an order that money was taken for came to its end
 * @param paymentSettled when its money last moved
 */
public record Ends(Optional<Instant> orderClosed, Optional<Instant> paymentSettled) {

    public static final Ends NONE = new Ends(Optional.empty(), Optional.empty());

    /** The last of each: what is kept because of several is kept for the last of them. */
    public static Ends last(List<Ends> all) {
        return new Ends(
                all.stream().flatMap(ends -> ends.orderClosed().stream()).max(Instant::compareTo),
                all.stream().flatMap(ends -> ends.paymentSettled().stream()).max(Instant::compareTo));
    }

    /** By the names of the law. */
    Map<String, Instant> events(Instant accountClosed) {
        Map<String, Instant> events = new HashMap<>(Map.of("account_closed", accountClosed));
        orderClosed.ifPresent(at -> events.put("order_closed", at));
        paymentSettled.ifPresent(at -> events.put("payment_settled", at));
        return events;
    }
}
