package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shipping and tax: asked for before an order, and then what the order costs, is charged, and gives back. */
final class QuoteIT {

    private static final String TARIFF = """
            prices: exclude_tax
            tax:
              SE: {standard: 25}
              US-CA: {standard: 7.25}
            shipping:
              elsewhere: {EUR: {0: 490, 100000: 0}}
            """;

    private static final String SKU = "SL-0120";

    @TempDir
    static Path folder;

    private static Shop shop;
    private static OrderDesk desk;

    @BeforeAll
    static void open() throws Exception {
        Path tariff = Files.writeString(folder.resolve("tariff.yaml"), TARIFF);
        shop = Shop.open(folder.resolve("data"), Map.of("orders.tariff", tariff.toString()));
        desk = OrderDesk.of(shop);
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    void anybodyIsToldWhatAnOrderWouldCostAndNothingIsKept() throws Exception {
        int leaves = shop.leaves("order.quote", "permit").size();
        JsonObject quote = quoted(sweden(), 2);
        long goods = total(quote.getJsonArray("lines").getJsonObject(0));
        assertThat(goods).isEqualTo(2 * OrderDesk.price(quote));
        assertThat(quote.getJsonObject("shipping").getLong("amount")).isEqualTo(490);
        assertThat(quote.getJsonObject("tax").getLong("amount")).isEqualTo((goods + 490 + 2) / 4);
        assertThat(quote.getBoolean("tax_included")).isFalse();
        assertThat(total(quote))
                .isEqualTo(goods + 490 + quote.getJsonObject("tax").getLong("amount"));
        assertThat(shop.leaves("order.quote", "permit"))
                .as("it is about nobody")
                .hasSize(leaves);
    }

    @Test
    void anOrderCostsWhatItsQuoteSaysAndAllOfItIsTakenAndGoesBack() throws Exception {
        JsonObject quote = quoted(sweden(), 2);
        JsonObject order = placed(Shop.order(SKU));
        for (String member : new String[] {"total", "shipping", "tax"}) {
            assertThat(order.getJsonObject(member)).as(member).isEqualTo(quote.getJsonObject(member));
        }
        assertThat(order.getBoolean("tax_included")).isFalse();
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(desk.provider(order, "captured")).containsExactly(total(order));

        HttpResponse<String> refunded = desk.post(
                "/v1/staff/orders/" + order.getString("id") + "/refunds",
                desk.staff(),
                new JsonObject().put("reason", "damaged"),
                "Purpose",
                "refund_management",
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(refunded.statusCode()).as(refunded.body()).isEqualTo(201);
        assertThat(new JsonObject(refunded.body()).getJsonObject("refunded_tax"))
                .isEqualTo(order.getJsonObject("tax"));
    }

    @Test
    @Clause("C2")
    void whatItCostsDependsOnCountryAndRegionAndNothingElseIsOpened() throws Exception {
        String sku = shop.freshProduct();
        assertThat(placed(Shop.order(sku)).encode()).contains(sku);
        JsonObject leaf = shop.leaves("order.place", "permit").getLast();
        assertThat(leaf.getJsonArray("opened")).isEqualTo(new JsonArray().add("delivery.country"));
        assertThat(leaf.getJsonArray("carried")).contains("delivery.country", "delivery.name");
    }

    @Test
    void whereNothingIsSoldNothingIsQuotedOrOrderedAndTheAnswerSaysWhatItHingesOn() throws Exception {
        assertRefused(quote(place("FR", null), 1), "/delivery/country");
        assertRefused(quote(place("US", "California"), 1), "/delivery/region");
        assertThat(quote(place("US", "CA"), 1).statusCode()).isEqualTo(200);

        JsonObject order = Shop.order(shop.freshProduct());
        order.getJsonObject("delivery").put("country", "FR");
        assertRefused(shop.place(desk.customer(), UUID.randomUUID().toString(), order.encode()), "/delivery/country");
        order.put("recipient", new JsonObject().put("name", "Ines Duarte"));
        assertRefused(shop.place(desk.customer(), UUID.randomUUID().toString(), order.encode()), "/delivery/country");
        assertThat(shop.leaves("recipient.introduce", "permit"))
                .as("nobody was made a person of for it")
                .isEmpty();
    }

    @Test
    void aQuoteForNothingOrForAnUnknownFieldIsRefused() throws Exception {
        assertThat(quote(sweden(), 0).statusCode()).isEqualTo(422);
        JsonObject more = body(sweden(), 1);
        more.getJsonObject("delivery").put("name", "Ines Duarte");
        HttpResponse<String> refused = asked(more);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("/delivery/name").doesNotContain("Duarte");
    }

    private static void assertRefused(HttpResponse<String> answer, String pointer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("order.destination-not-served", pointer);
    }

    private static JsonObject sweden() {
        return place("SE", null);
    }

    private static JsonObject place(String country, @Nullable String region) {
        JsonObject place = new JsonObject().put("country", country);
        return region == null ? place : place.put("region", region);
    }

    private static JsonObject quoted(JsonObject place, int quantity) throws Exception {
        HttpResponse<String> answer = quote(place, quantity);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static HttpResponse<String> quote(JsonObject place, int quantity) throws Exception {
        return asked(body(place, quantity));
    }

    /** By nobody in particular. */
    private static HttpResponse<String> asked(JsonObject body) throws Exception {
        return shop.send(shop.request("/v1/quotes")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    private static JsonObject body(JsonObject place, int quantity) {
        return new JsonObject()
                .put("currency", "EUR")
                .put(
                        "lines",
                        new JsonArray().add(new JsonObject().put("sku", SKU).put("quantity", quantity)))
                .put("delivery", place);
    }

    private static JsonObject placed(JsonObject wanted) throws Exception {
        HttpResponse<String> answer =
                shop.place(desk.customer(), UUID.randomUUID().toString(), wanted.encode());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body());
    }

    private static long total(JsonObject priced) {
        return priced.getJsonObject("total").getLong("amount");
    }
}
