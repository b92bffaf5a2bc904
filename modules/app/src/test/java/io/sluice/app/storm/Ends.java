package io.sluice.app.storm;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Where an order has come to rest, in a few words; none if it is stuck. */
final class Ends {

    private Ends() {}

    static Optional<String> of(JsonObject order) {
        boolean isMoneyOpen = Money.operations(order)
                .anyMatch(one -> one.getString("status").matches("REQUESTED|PENDING|REQUIRES_ACTION|UNKNOWN"));
        boolean isParcelOpen = Money.shipments(order)
                .anyMatch(one -> one.getString("status")
                        .matches("REQUESTED|UNKNOWN|ACCEPTED|IN_TRANSIT|OUT_FOR_DELIVERY|EXCEPTION|RETURNING"));
        if (isMoneyOpen || isParcelOpen) {
            return Optional.empty();
        }
        String state = order.getString("state");
        return switch (state) {
            case "CANCELLED", "REJECTED", "EXPIRED" -> Optional.of(state);
            case "CLOSED" -> Optional.of(Money.of(order).owed() > 0 ? "CLOSED, owed" : "CLOSED");
            case "ON_HOLD" -> held(order).map(why -> "ON_HOLD, " + why);
            case "CONFIRMED" -> trouble(order).map(why -> "CONFIRMED, " + why);
            default -> Optional.empty();
        };
    }

    /** Why a person has to look at it, if the order bears that out. */
    private static Optional<String> held(JsonObject order) {
        String reason = order.getString("hold");
        boolean isBorneOut = switch (reason) {
            case "CONFLICT" ->
                Money.operations(order).anyMatch(one -> one.getString("status").equals("CONFLICTED"))
                        || isTooMuchGone(order);
            case "ADDRESS" ->
                Money.shipments(order).anyMatch(one -> one.getString("status").equals("CANCELLED"));
            case "FRAUD" ->
                Money.operations(order).anyMatch(one -> one.getString("kind").equals("CHARGEBACK"));
            default -> false;
        };
        return isBorneOut ? Optional.of(reason) : Optional.empty();
    }

    private static boolean isTooMuchGone(JsonObject order) {
        Money money = Money.of(order);
        return money.captured() < money.refunded() + money.chargedBack();
    }

    private static Optional<String> trouble(JsonObject order) {
        if (Money.of(order).owed() > 0) {
            return Optional.of("owed");
        }
        return Money.shipments(order)
                .map(one -> one.getString("status"))
                .filter(status -> status.equals("LOST") || status.equals("RETURNED"))
                .findFirst();
    }
}
