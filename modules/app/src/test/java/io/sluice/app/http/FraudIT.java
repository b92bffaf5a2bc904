package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that look like fraud wait for a person before anything of them goes out, and others do not. */
final class FraudIT {

    private static final int MOST_ORDERS = 3;

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static OrderDesk desk;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(
                dataDir,
                Map.of(
                        "fraud.most_orders", Integer.toString(MOST_ORDERS),
                        "fraud.most_declined", "1",
                        "fraud.abroad_from", "EUR 100000"));
        desk = OrderDesk.of(shop);
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    @Clause("C7")
    void whoOrdersTooOftenWaitsForAPersonAndWhomAPersonLetsGoOnIsNotStoppedAgain() throws Exception {
        int opened = shop.leaves("fraud.screen", "permit").size();
        String buyer = registered("often", "SE");
        for (int i = 0; i < MOST_ORDERS; i++) {
            assertThat(ended(buyer, placed(buyer, Shop.order("SL-0001")))).isEqualTo("CLOSED");
        }
        JsonObject order = placed(buyer, Shop.order("SL-0001"));
        assertThat(ended(buyer, order)).isEqualTo("ON_HOLD");
        assertThat(desk.shown(buyer, order).getString("hold_reason")).isEqualTo("FRAUD");
        assertThat(desk.shown(buyer, order).fieldNames()).as("for staff alone").doesNotContain("suspicion");
        assertThat(seenByStaff(order).getString("suspicion")).isEqualTo("fraud.many-orders");
        assertThat(desk.book("carrier.ndjson", order, "status", "accepted")).isEmpty();

        assertThat(desk.staff(order, "release", "transaction_verification").statusCode())
                .isEqualTo(200);
        assertThat(ended(buyer, order)).isEqualTo("CLOSED");
        assertThat(shop.leaves("fraud.screen", "permit"))
                .as("to count, nothing is opened")
                .hasSize(opened);
    }

    @Test
    @Clause("C7")
    void whoseCardsAreDeclinedAgainAndAgainWaitsForAPersonTooAndMayGiveUp() throws Exception {
        String buyer = registered("declined", "SE");
        for (int i = 0; i < 2; i++) {
            JsonObject declined =
                    Shop.order("SL-0001").put("payment", new JsonObject().put("method", "pm_card_declined"));
            assertThat(ended(buyer, placed(buyer, declined))).isEqualTo("REJECTED");
        }
        JsonObject order = placed(buyer, Shop.order("SL-0001"));
        assertThat(ended(buyer, order)).isEqualTo("ON_HOLD");
        assertThat(seenByStaff(order).getString("suspicion")).isEqualTo("fraud.many-declined");

        String path = "/v1/orders/" + order.getString("id") + "/cancel";
        assertThat(desk.post(path, buyer, null).statusCode()).isEqualTo(200);
        desk.awaited(buyer, order, one -> one.getString("state").equals("CANCELLED"));
        assertThat(desk.provider(order, "voided"))
                .containsExactly(order.getJsonObject("total").getLong("amount"));
        assertThat(desk.book("carrier.ndjson", order, "status", "accepted")).isEmpty();
    }

    @Test
    @Clause("C7")
    void onlyADearOrderThatLeavesItsBuyersCountryIsStoppedForThatAndOnlyItsCountryIsOpened() throws Exception {
        JsonObject dear = Shop.order("SL-0001");
        dear.getJsonArray("lines").getJsonObject(0).put("quantity", 1_000);
        String athome = registered("at-home", "SE");
        assertThat(ended(athome, placed(athome, dear))).isEqualTo("CLOSED");
        String abroad = registered("abroad", "DE");
        assertThat(ended(abroad, placed(abroad, Shop.order("SL-0001"))))
                .as("not dear")
                .isEqualTo("CLOSED");

        JsonObject order = placed(abroad, dear);
        assertThat(ended(abroad, order)).isEqualTo("ON_HOLD");
        assertThat(seenByStaff(order).getString("suspicion")).isEqualTo("fraud.abroad");
        List<JsonObject> leaves = shop.leaves("fraud.screen", "permit");
        assertThat(leaves.getLast().encode()).contains("delivery.country").doesNotContain("delivery.line1");
        assertThat(shop.leaves("account.home#reply", "permit")).isNotEmpty();
    }

    @Test
    @Clause("C7")
    void whoObjectsIsNotLookedAtByRuleButByAPerson() throws Exception {
        String buyer = registered("objects", "SE");
        HttpResponse<String> objected = shop.send(shop.request("/v1/me/consents/fraud_prevention")
                .header("Authorization", "Bearer " + buyer)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"granted\": false}")));
        assertThat(objected.statusCode()).as(objected.body()).isEqualTo(200);

        JsonObject order = placed(buyer, Shop.order("SL-0001"));
        assertThat(ended(buyer, order)).isEqualTo("ON_HOLD");
        assertThat(seenByStaff(order).getString("suspicion")).isEqualTo("fraud.objected");
        assertThat(desk.staff(order, "release", "transaction_verification").statusCode())
                .isEqualTo(200);
        assertThat(ended(buyer, order)).isEqualTo("CLOSED");
    }

    /** Somebody new, with an account of their own, and their access token. */
    private static String registered(String name, String country) throws Exception {
        String version = new JsonObject(shop.send(shop.request("/v1/policy")).body()).getString("version");
        JsonObject credentials =
                new JsonObject().put("email", name + "@people.example.org").put("password", "as good as any in a test");
        JsonObject person = credentials
                .copy()
                .put("name", "Nora Lind")
                .put("locale", "en-GB")
                .put("country", country)
                .put("consents", new JsonObject().put("customer_assistance", true))
                .put("policy_version", version);
        assertThat(posted("/v1/accounts", person).statusCode()).isEqualTo(201);
        return new JsonObject(posted("/v1/sessions", credentials).body()).getString("access_token");
    }

    private static HttpResponse<String> posted(String path, JsonObject body) throws Exception {
        return shop.send(shop.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    private static JsonObject placed(String buyer, JsonObject body) throws Exception {
        HttpResponse<String> placed = shop.place(buyer, UUID.randomUUID().toString(), body.encode());
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        return new JsonObject(placed.body());
    }

    /** Where the order comes to rest, on hold or at an end. */
    private static String ended(String buyer, JsonObject order) throws Exception {
        return desk.awaited(
                        buyer,
                        order,
                        one -> List.of("CLOSED", "REJECTED", "ON_HOLD").contains(one.getString("state")))
                .getString("state");
    }

    private static JsonObject seenByStaff(JsonObject order) throws Exception {
        HttpResponse<String> seen = shop.send(shop.request("/v1/staff/orders/" + order.getString("id"))
                .header("Authorization", "Bearer " + desk.staff())
                .header("Purpose", "customer_assistance")
                .header("Case", "case-1")
                .GET());
        assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
        return new JsonObject(seen.body());
    }
}
