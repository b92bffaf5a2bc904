package io.sluice.app.storm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An order's money and pieces, reckoned anew from its document, in minor units. */
record Money(long captured, long refunded, long chargedBack, long owed) {

    static Money of(JsonObject order) {
        long captured = sum(order, "CAPTURE", "SUCCEEDED");
        long taking = operations(order)
                .filter(one -> one.getString("kind").equals("CAPTURE"))
                .filter(one -> !one.getString("status").matches("DECLINED|ERRORED|EXPIRED|REVERSED"))
                .mapToLong(one -> one.getLong("amount"))
                .sum();
        return new Money(
                captured,
                sum(order, "REFUND", "SUCCEEDED"),
                sum(order, "CHARGEBACK", "SUCCEEDED"),
                price(order, pieces(order, "committed")) - taking);
    }

    private static long sum(JsonObject order, String kind, String status) {
        return operations(order)
                .filter(one -> one.getString("kind").equals(kind)
                        && one.getString("status").equals(status))
                .mapToLong(one -> one.getLong("amount"))
                .sum();
    }

    static Stream<JsonObject> operations(JsonObject order) {
        return items(order, "operations");
    }

    static Stream<JsonObject> shipments(JsonObject order) {
        return items(order, "shipments");
    }

    private static Stream<JsonObject> items(JsonObject order, String name) {
        return order.getJsonArray(name, new JsonArray()).stream().map(JsonObject.class::cast);
    }

    /** So many of each product. */
    static Map<String, Integer> pieces(JsonObject holder, String name) {
        Map<String, Integer> pieces = new TreeMap<>();
        items(holder, name)
                .forEach(one -> pieces.merge(one.getString("sku"), one.getInteger("quantity"), Integer::sum));
        return pieces;
    }

    /** What is wanted and in no parcel. */
    static Map<String, Integer> left(JsonObject order) {
        Map<String, Integer> left = pieces(order, "lines");
        pieces(order, "released").forEach((sku, n) -> left.merge(sku, -n, Integer::sum));
        shipments(order)
                .filter(parcel -> !parcel.getString("status").equals("CANCELLED"))
                .forEach(parcel -> pieces(parcel, "pieces").forEach((sku, n) -> left.merge(sku, -n, Integer::sum)));
        left.values().removeIf(n -> n == 0);
        return left;
    }

    static long price(JsonObject order, Map<String, Integer> pieces) {
        Map<String, Long> prices = new TreeMap<>();
        items(order, "lines").forEach(line -> prices.put(line.getString("sku"), line.getLong("unit_price")));
        return pieces.entrySet().stream()
                .mapToLong(one -> prices.getOrDefault(one.getKey(), Long.MIN_VALUE) * one.getValue())
                .sum();
    }
}
