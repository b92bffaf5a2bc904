package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a customer and a member of staff do with orders over HTTP, and what the partners' own books say of them. */
record OrderDesk(Shop shop, String customer, String staff) {

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    /** Something that an order, or a book, comes to. */
    @FunctionalInterface
    interface Condition {
        boolean holds(JsonObject order) throws Exception;
    }

    static OrderDesk of(Shop shop) throws Exception {
        return new OrderDesk(shop, shop.token("customer1"), shop.token("operator"));
    }

    /** An order of so many of a product that no other order has, authorised. */
    JsonObject confirmed(int quantity) throws Exception {
        return confirmed(quantity, "pm_card_visa");
    }

    JsonObject confirmed(int quantity, String method) throws Exception {
        return awaited(placed(quantity, method), one -> one.getString("state").equals("CONFIRMED"));
    }

    JsonObject placed(int quantity, String method) throws Exception {
        JsonObject body = Shop.order(shop.freshProduct()).put("payment", new JsonObject().put("method", method));
        body.getJsonArray("lines").getJsonObject(0).put("quantity", quantity);
        HttpResponse<String> placed = shop.place(customer, UUID.randomUUID().toString(), body.encode());
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        return new JsonObject(placed.body());
    }

    HttpResponse<String> sendBack(JsonObject order, String key, int quantity) throws Exception {
        return post(
                "/v1/orders/" + order.getString("id") + "/returns",
                customer,
                lines(quantity).put("reason", "unwanted"),
                "Idempotency-Key",
                key);
    }

    static long price(JsonObject order) {
        return order.getJsonArray("lines")
                .getJsonObject(0)
                .getJsonObject("unit_price")
                .getLong("amount");
    }

    static JsonObject lines(int quantity) {
        return new JsonObject()
                .put(
                        "lines",
                        new JsonArray().add(new JsonObject().put("line", 0).put("quantity", quantity)));
    }

    @CanIgnoreReturnValue
    JsonObject dispatched(JsonObject order, String key, int quantity) throws Exception {
        HttpResponse<String> answer = dispatch(order, key, lines(quantity));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body());
    }

    HttpResponse<String> dispatch(JsonObject order, String key, JsonObject body) throws Exception {
        return post(
                "/v1/staff/orders/" + order.getString("id") + "/dispatch",
                staff,
                body,
                "Purpose",
                "shipment",
                "Idempotency-Key",
                key);
    }

    HttpResponse<String> staff(JsonObject order, String what, String purpose) throws Exception {
        return post("/v1/staff/orders/" + order.getString("id") + "/" + what, staff, null, "Purpose", purpose);
    }

    HttpResponse<String> cancel(JsonObject order, JsonObject body) throws Exception {
        return post("/v1/orders/" + order.getString("id") + "/cancel", customer, body);
    }

    HttpResponse<String> post(String path, String token, @Nullable JsonObject body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                shop.request(path).header("Authorization", "Bearer " + token).header("Case", "case-1");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (body == null) {
            return shop.send(request.POST(HttpRequest.BodyPublishers.noBody()));
        }
        boolean hasKey = List.of(headers).contains("Idempotency-Key");
        if (!hasKey) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        return shop.send(request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    JsonObject shown(JsonObject order) throws Exception {
        return shown(customer, order);
    }

    JsonObject shown(String buyer, JsonObject order) throws Exception {
        return new JsonObject(
                shop.get(buyer, "/v1/orders/" + order.getString("id")).body());
    }

    @CanIgnoreReturnValue
    JsonObject awaited(JsonObject order, Condition condition) throws Exception {
        return awaited(customer, order, condition);
    }

    /** An order of somebody else's. */
    @CanIgnoreReturnValue
    JsonObject awaited(String buyer, JsonObject order, Condition condition) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        JsonObject now = shown(buyer, order);
        while (!condition.holds(now)) {
            assertThat(System.nanoTime()).as("in time: %s", now).isLessThan(giveUp);
            now = shown(buyer, order);
        }
        return now;
    }

    static List<Integer> pieces(JsonObject order) {
        List<Integer> quantities = new ArrayList<>();
        order.getJsonArray("parcels")
                .forEach(parcel -> quantities.add(((JsonObject) parcel)
                        .getJsonArray("pieces")
                        .getJsonObject(0)
                        .getInteger("quantity")));
        return quantities;
    }

    /** The amounts of these effects in the provider's own book. */
    List<Long> provider(JsonObject order, String effect) throws Exception {
        return book("provider.ndjson", order, "effect", effect).stream()
                .map(line -> line.getLong("amount"))
                .toList();
    }

    List<JsonObject> book(String name, JsonObject order, String field, String value) throws Exception {
        return Files.readAllLines(shop.dataDir().resolve("outside").resolve(name)).stream()
                .map(JsonObject::new)
                .filter(line -> order.getString("id").equals(line.getString("reference")))
                .filter(line -> value.equals(line.getString(field)))
                .toList();
    }
}
