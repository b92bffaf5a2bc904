package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that staff send out by hand: in several parcels, smaller than they were, or not at all. The partners' books agree. */
final class SplitOrderIT {

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static String customer;
    private static String staff;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of("orders.auto_dispatch", "false", "orders.review_within", "3s"));
        customer = shop.token("customer1");
        staff = shop.token("operator");
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    void twoParcelsAreTwoCapturesAndTheSecondLetsGoOfNothingThatIsOwed() throws Exception {
        JsonObject order = confirmed(3);
        long price = price(order);

        JsonObject first = dispatched(order, "first", 1);
        assertThat(dispatched(order, "first", 1).getJsonArray("parcels"))
                .as("the same request again is the same parcel")
                .hasSize(1);
        assertThat(pieces(first)).containsExactly(1);
        awaited(order, one -> one.getJsonObject("captured").getLong("amount") == price);
        JsonObject second = dispatched(order, "second", 2);
        assertThat(pieces(second)).containsExactly(1, 2);

        JsonObject closed = awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(closed.getJsonObject("captured").getLong("amount")).isEqualTo(3 * price);
        assertThat(closed.getString("payment_status")).isEqualTo("captured");
        assertThat(provider(order, "captured")).containsExactly(price, 2 * price);
        assertThat(provider(order, "voided")).isEmpty();
        assertThat(book("carrier.ndjson", order, "status", "delivered")).hasSize(2);
    }

    @Test
    void whatTheBuyerNoLongerWantsIsNeitherSentNorTakenAndBothBooksSaySo() throws Exception {
        JsonObject order = confirmed(3);
        long price = price(order);
        HttpResponse<String> smaller = cancel(order, lines(2));
        assertThat(smaller.statusCode()).as(smaller.body()).isEqualTo(200);
        assertThat(new JsonObject(smaller.body()).getJsonArray("cancelled").encode())
                .contains("\"quantity\":1");
        assertThat(dispatch(order, "all-of-it", lines(3)).statusCode())
                .as("one is not wanted any more")
                .isEqualTo(409);
        dispatched(order, "one", 1);
        awaited(order, one -> one.getJsonObject("captured").getLong("amount") == price);

        assertThat(staff(order, "void", "transaction_verification").statusCode())
                .isEqualTo(200);

        awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(provider(order, "captured")).containsExactly(price);
        assertThat(provider(order, "voided")).as("the rest").containsExactly(2 * price);
    }

    @Test
    void anOrderThatIsStoppedIsNotSentAndGoesOnWhenItIsReleased() throws Exception {
        JsonObject order = confirmed(1);
        JsonObject held =
                new JsonObject(staff(order, "hold", "transaction_verification").body());
        assertThat(held.getString("state")).isEqualTo("ON_HOLD");
        assertThat(held.getString("hold_reason")).isEqualTo("MANUAL");
        assertThat(dispatch(order, "while-held", new JsonObject()).statusCode()).isEqualTo(409);

        assertThat(staff(order, "release", "transaction_verification").statusCode())
                .isEqualTo(200);
        assertThat(dispatch(order, "released", new JsonObject()).statusCode()).isEqualTo(201);
        awaited(order, one -> one.getString("state").equals("CLOSED"));
    }

    @Test
    void anOrderThatNobodyReleasesInItsTermIsCancelledAndItsMoneyLetGo() throws Exception {
        JsonObject order = confirmed(1);
        assertThat(staff(order, "hold", "transaction_verification").statusCode())
                .isEqualTo(200);
        JsonObject ended = awaited(order, one -> one.getString("state").equals("CANCELLED"));
        assertThat(ended.getString("payment_status")).isEqualTo("voided");
        assertThat(provider(order, "voided")).containsExactly(price(order));
    }

    @Test
    void moneyOfTwoParcelsGoesBackOutOfBothCaptures() throws Exception {
        JsonObject order = confirmed(2);
        long price = price(order);
        dispatched(order, "one", 1);
        awaited(order, one -> one.getJsonObject("captured").getLong("amount") == price);
        dispatched(order, "two", 1);
        awaited(order, one -> one.getString("state").equals("CLOSED"));

        HttpResponse<String> refunded = post(
                "/v1/staff/orders/" + order.getString("id") + "/refunds",
                staff,
                new JsonObject()
                        .put("reason", "late")
                        .put("amount", new JsonObject().put("amount", price + 1).put("currency", "EUR")),
                "Purpose",
                "refund_management");
        assertThat(refunded.statusCode()).as(refunded.body()).isEqualTo(201);
        awaited(order, one -> one.getJsonObject("refunded").getLong("amount") == price + 1);
        assertThat(provider(order, "refunded")).containsExactlyInAnyOrder(price, 1L);
    }

    @Test
    void whoeverMayNotDoesNotAndWhoeverAsksWithoutPurposeOrCaseIsToldSo() throws Exception {
        JsonObject order = confirmed(1);
        String path = "/v1/staff/orders/" + order.getString("id") + "/hold";
        assertThat(post(path, customer, null, "Purpose", "transaction_verification")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(path, staff, null, "Purpose", "shipment").statusCode()).isEqualTo(403);
        assertThat(dispatch(order, "lines", lines(2)).statusCode()).isEqualTo(409);
        assertThat(shown(order).getString("state")).isEqualTo("CONFIRMED");
        assertThat(cancel(order, new JsonObject().put("lines", new JsonArray())).statusCode())
                .isEqualTo(422);
        assertThat(shown(order).getJsonArray("cancelled")).isEmpty();
    }

    private static JsonObject confirmed(int quantity) throws Exception {
        JsonObject body = Shop.order(shop.freshProduct());
        body.getJsonArray("lines").getJsonObject(0).put("quantity", quantity);
        HttpResponse<String> placed = shop.place(customer, UUID.randomUUID().toString(), body.encode());
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        return awaited(
                new JsonObject(placed.body()), one -> one.getString("state").equals("CONFIRMED"));
    }

    private static long price(JsonObject order) {
        return order.getJsonArray("lines")
                .getJsonObject(0)
                .getJsonObject("unit_price")
                .getLong("amount");
    }

    private static JsonObject lines(int quantity) {
        return new JsonObject()
                .put(
                        "lines",
                        new JsonArray().add(new JsonObject().put("line", 0).put("quantity", quantity)));
    }

    @CanIgnoreReturnValue
    private static JsonObject dispatched(JsonObject order, String key, int quantity) throws Exception {
        HttpResponse<String> answer = dispatch(order, key, lines(quantity));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body());
    }

    private static HttpResponse<String> dispatch(JsonObject order, String key, JsonObject body) throws Exception {
        return post(
                "/v1/staff/orders/" + order.getString("id") + "/dispatch",
                staff,
                body,
                "Purpose",
                "shipment",
                "Idempotency-Key",
                key);
    }

    private static HttpResponse<String> staff(JsonObject order, String what, String purpose) throws Exception {
        return post("/v1/staff/orders/" + order.getString("id") + "/" + what, staff, null, "Purpose", purpose);
    }

    private static HttpResponse<String> cancel(JsonObject order, JsonObject body) throws Exception {
        return post("/v1/orders/" + order.getString("id") + "/cancel", customer, body);
    }

    private static HttpResponse<String> post(String path, String token, @Nullable JsonObject body, String... headers)
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

    private static JsonObject shown(JsonObject order) throws Exception {
        return new JsonObject(
                shop.get(customer, "/v1/orders/" + order.getString("id")).body());
    }

    @CanIgnoreReturnValue
    private static JsonObject awaited(JsonObject order, Predicate<JsonObject> condition) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        JsonObject now = shown(order);
        while (!condition.test(now)) {
            assertThat(System.nanoTime()).as("in time: %s", now).isLessThan(giveUp);
            now = shown(order);
        }
        return now;
    }

    private static List<Integer> pieces(JsonObject order) {
        List<Integer> quantities = new ArrayList<>();
        order.getJsonArray("parcels")
                .forEach(parcel -> quantities.add(((JsonObject) parcel)
                        .getJsonArray("pieces")
                        .getJsonObject(0)
                        .getInteger("quantity")));
        return quantities;
    }

    /** The amounts of these effects in the provider's own book. */
    private static List<Long> provider(JsonObject order, String effect) throws Exception {
        return book("provider.ndjson", order, "effect", effect).stream()
                .map(line -> line.getLong("amount"))
                .toList();
    }

    private static List<JsonObject> book(String name, JsonObject order, String field, String value) throws Exception {
        return Files.readAllLines(dataDir.resolve("outside").resolve(name)).stream()
                .map(JsonObject::new)
                .filter(line -> order.getString("id").equals(line.getString("reference")))
                .filter(line -> value.equals(line.getString(field)))
                .toList();
    }
}
