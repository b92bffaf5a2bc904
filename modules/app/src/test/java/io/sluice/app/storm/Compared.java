package io.sluice.app.storm;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Orders held against their partners' own books: every operation and every parcel on both sides, amounts to the minor unit, and
 * nothing on one side alone.
 */
final class Compared {

    private final Map<String, JsonObject> byId = new LinkedHashMap<>();
    private final Map<String, JsonObject> byKey = new HashMap<>();
    private final Map<String, JsonObject> parcels = new HashMap<>();
    /** What has been taken from, or let go of, an authorisation. */
    private final Map<String, Long> used = new HashMap<>();

    private final List<String> differences = new ArrayList<>();

    private Compared(List<JsonObject> provider, List<JsonObject> carrier) {
        for (JsonObject line : provider) {
            JsonObject before = byId.put(line.getString("id"), line);
            if (before == null && !line.getString("kind").equals("chargeback")) {
                once(byKey.put(line.getString("idempotency_key"), line), line);
            } else if (before != null) {
                byKey.replace(line.getString("idempotency_key"), before, line);
                unchanged(before, line);
            }
        }
        for (JsonObject line : carrier) {
            JsonObject before = parcels.put(line.getString("idempotency_key"), line);
            if (before != null && !before.getString("id").equals(line.getString("id"))) {
                once(before, line);
            }
        }
        byId.values().forEach(this::use);
    }

    /** @return each difference, as a sentence; none if the books agree */
    static List<String> differences(List<JsonObject> orders, List<JsonObject> provider, List<JsonObject> carrier) {
        Compared books = new Compared(provider, carrier);
        orders.forEach(books::compare);
        books.byKey.values().forEach(alone -> books.differences.add("only the provider has " + alone));
        books.byId.values().stream()
                .filter(line -> line.getString("kind").equals("chargeback"))
                .forEach(alone -> books.differences.add("only the provider has " + alone));
        books.parcels.values().forEach(alone -> books.differences.add("only the carrier has " + alone));
        return books.differences;
    }

    private void once(@Nullable JsonObject before, JsonObject line) {
        if (before != null) {
            differences.add("done twice for one key: " + before + " and " + line);
        }
    }

    private void unchanged(JsonObject before, JsonObject line) {
        if (!before.getLong("amount").equals(line.getLong("amount"))) {
            differences.add("an amount has changed: " + before + " and " + line);
        }
    }

    private void use(JsonObject line) {
        String effect = line.getString("effect");
        boolean isTaken = effect.equals("captured") || effect.equals("capture_reversed");
        if (isTaken || effect.equals("voided")) {
            boolean isAll = isTaken && line.getBoolean("final", false);
            long amount = isAll ? Long.MAX_VALUE / 4 : line.getLong("amount");
            used.merge(line.getString("of"), amount, Math::addExact);
        }
    }

    private void compare(JsonObject order) {
        Money.operations(order).forEach(operation -> operation(order, operation));
        Money.shipments(order).forEach(parcel -> parcel(order, parcel));
    }

    private void operation(JsonObject order, JsonObject ours) {
        boolean isChargeback = ours.getString("kind").equals("CHARGEBACK");
        JsonObject theirs =
                isChargeback ? byId.remove(ours.getString("reference", "")) : byKey.remove(ours.getString("id"));
        if (theirs == null) {
            differ(order, ours, null);
            return;
        }
        boolean isAsAsked = ours.getLong("amount").equals(theirs.getLong("amount"));
        // it lets go of whatever there is: of less, where less was held than asked for
        boolean isVoidOfLess = ours.getString("kind").equals("VOID")
                && theirs.getLong("amount").equals(heldOf(theirs))
                && theirs.getLong("amount") < ours.getLong("amount");
        // it overtook the capture's own answer: what the provider calls that was not known yet
        boolean isEarly = isChargeback && ours.getString("on_reference") == null;
        // the bank had asked the buyer about another amount, and nothing came of it
        boolean isNothing = theirs.getString("challenge") != null
                && !theirs.getString("status").equals("succeeded");
        boolean agrees = status(theirs, isAsAsked).contains(ours.getString("status"))
                && kind(theirs).equals(ours.getString("kind"))
                && theirs.getString("reference").equals(order.getString("id"))
                && theirs.getString("currency").equals(order.getString("currency"))
                && Objects.equals(theirs.getString("id"), ours.getString("reference"))
                && (Objects.equals(theirs.getString("of"), ours.getString("on_reference")) || isEarly)
                && (isAsAsked
                        || isVoidOfLess
                        || isNothing
                        || ours.getString("status").equals("CONFLICTED"));
        if (!agrees) {
            differ(order, ours, theirs);
        } else if (left(theirs) > 0 && mayHoldNothing(order)) {
            differences.add("held for nothing: " + left(theirs) + " of " + theirs + " for " + order);
        }
    }

    private @Nullable Long heldOf(JsonObject voided) {
        JsonObject authorisation = byId.get(voided.getString("of", ""));
        return authorisation == null ? null : authorisation.getLong("amount");
    }

    /** A dead order, or one that is done and owes nothing. */
    private static boolean mayHoldNothing(JsonObject order) {
        return switch (order.getString("state")) {
            case "CANCELLED", "REJECTED", "EXPIRED" -> true;
            case "CLOSED" -> Money.of(order).owed() == 0;
            default -> false;
        };
    }

    /** What the provider still holds of an authorisation. */
    private long left(JsonObject line) {
        boolean isHeld = line.getString("effect").equals("authorised");
        return isHeld ? Math.max(0, line.getLong("amount") - used.getOrDefault(line.getString("id"), 0L)) : 0;
    }

    private static String kind(JsonObject theirs) {
        return switch (theirs.getString("kind")) {
            case "authorisation" -> "AUTHORIZE";
            case "capture" -> "CAPTURE";
            case "void" -> "VOID";
            case "refund" -> "REFUND";
            case "chargeback" -> "CHARGEBACK";
            default -> "?";
        };
    }

    /** How the provider's word for where it stands may read in an order. */
    private Set<String> status(JsonObject theirs, boolean isAsAsked) {
        boolean isVoid = theirs.getString("kind").equals("void");
        boolean isLetGo = used.containsKey(theirs.getString("id"));
        return switch (theirs.getString("status")) {
            case "succeeded" -> Set.of(isAsAsked || isVoid ? "SUCCEEDED" : "CONFLICTED");
            // voided before its buyer came back: an end by our word, and a refusal by the provider's
            case "requires_action" -> isLetGo ? Set.of("EXPIRED", "DECLINED") : Set.of("REQUIRES_ACTION");
            case "declined" -> Set.of("DECLINED");
            case "failed" -> Set.of("ERRORED");
            case "expired" -> Set.of("EXPIRED");
            case "opened" -> Set.of("SUCCEEDED");
            case "won", "reversed" -> Set.of("REVERSED");
            default -> Set.of();
        };
    }

    private void parcel(JsonObject order, JsonObject ours) {
        JsonObject theirs = parcels.remove(ours.getString("id"));
        boolean isRefused = ours.getString("status").equals("CANCELLED");
        boolean agrees = theirs == null
                ? isRefused
                : theirs.getString("status").equalsIgnoreCase(ours.getString("status"))
                        && theirs.getString("reference").equals(order.getString("id"))
                        && Objects.equals(theirs.getString("id"), ours.getString("reference"))
                        && Objects.equals(theirs.getString("tracking_number"), ours.getString("tracking_number"));
        if (!agrees) {
            differ(order, ours, theirs);
        }
    }

    private void differ(JsonObject order, JsonObject ours, @Nullable JsonObject theirs) {
        differences.add("order " + order.getString("id") + " has " + ours + ", its partner " + theirs + "; " + order);
    }

    /** What has left each shelf by what the carrier has taken, and what is set aside on it. */
    static Map<String, List<Long>> shelves(
            Map<String, Long> atFirst, List<JsonObject> orders, List<JsonObject> carrier) {
        Map<String, Long> gone = new TreeMap<>();
        Map<String, Long> reserved = new TreeMap<>();
        List<String> taken = carrier.stream()
                .filter(line -> line.getString("effect").equals("accepted"))
                .map(line -> line.getString("idempotency_key"))
                .toList();
        Map<String, Boolean> isTaken = new HashMap<>();
        taken.forEach(key -> isTaken.put(key, true));
        for (JsonObject order : orders) {
            Money.shipments(order)
                    .filter(parcel -> isTaken.containsKey(parcel.getString("id")))
                    .forEach(parcel ->
                            Money.pieces(parcel, "pieces").forEach((sku, n) -> gone.merge(sku, (long) n, Long::sum)));
            Money.pieces(order, "lines").forEach((sku, n) -> reserved.merge(sku, (long) n, Long::sum));
            Money.pieces(order, "committed").forEach((sku, n) -> reserved.merge(sku, (long) -n, Long::sum));
            Money.pieces(order, "released").forEach((sku, n) -> reserved.merge(sku, (long) -n, Long::sum));
        }
        Map<String, List<Long>> shelves = new TreeMap<>();
        atFirst.forEach((sku, count) ->
                shelves.put(sku, List.of(count - gone.getOrDefault(sku, 0L), reserved.getOrDefault(sku, 0L))));
        return shelves;
    }
}
