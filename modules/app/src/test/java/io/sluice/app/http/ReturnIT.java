package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goods that customers send back and staff take in and pay for. The shelves and the provider's book agree. */
final class ReturnIT {

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static OrderDesk desk;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of());
        desk = OrderDesk.of(shop);
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    void aPieceComesBackToTheShelfAndItsMoneyToTheBuyer() throws Exception {
        JsonObject order = delivered(3);
        long price = OrderDesk.price(order);
        String sku = order.getJsonArray("lines").getJsonObject(0).getString("sku");
        long onHand = shop.onHand(sku);

        JsonObject asked = returned(desk.sendBack(order, "once", 1));
        assertThat(returned(desk.sendBack(order, "once", 1)))
                .as("the same request again")
                .isEqualTo(asked);
        assertThat(asked.getString("status")).isEqualTo("requested");
        further(order, asked, "authorise", null, 200);
        further(order, asked, "receive", null, 200);
        assertThat(shop.onHand(sku)).isEqualTo(onHand + 1);
        further(order, asked, "refund", null, 200);
        desk.awaited(order, one -> one.getJsonObject("refunded").getLong("amount") == price);
        assertThat(desk.provider(order, "refunded")).containsExactly(price);
        assertThat(shop.onHand(sku)).isEqualTo(onHand + 1);
    }

    @Test
    void whatHasSufferedIsNotSoldAgainAndPaidForInPart() throws Exception {
        JsonObject order = delivered(1);
        String sku = order.getJsonArray("lines").getJsonObject(0).getString("sku");
        long onHand = shop.onHand(sku);
        JsonObject asked = returned(desk.sendBack(order, "once", 1));
        further(order, asked, "authorise", null, 200);
        further(order, asked, "discard", null, 200);
        assertThat(shop.onHand(sku)).isEqualTo(onHand);
        long more = OrderDesk.price(order) + 1;
        further(order, asked, "refund", amount(more), 409);
        further(order, asked, "refund", amount(1), 200);
        desk.awaited(order, one -> one.getString("payment_status").equals("partially_refunded"));
        assertThat(desk.provider(order, "refunded")).containsExactly(1L);
    }

    @Test
    void whoeverMayNotAndWhateverCannotBeIsToldSo() throws Exception {
        JsonObject order = delivered(1);
        assertThat(desk.sendBack(order, "many", 2).statusCode())
                .as("more than was bought")
                .isEqualTo(409);
        JsonObject body = OrderDesk.lines(1).put("reason", "because my neighbour Ms Miller says so");
        String path = "/v1/orders/" + order.getString("id") + "/returns";
        assertThat(desk.post(path, desk.customer(), body).statusCode())
                .as("a text of their own")
                .isEqualTo(422);
        body.put("reason", "unwanted");
        assertThat(desk.post(path, shop.token("customer2"), body).statusCode())
                .as("another's order")
                .isEqualTo(404);
        JsonObject asked = returned(desk.sendBack(order, "once", 1));
        further(order, asked, "receive", null, 409);
        String step = "/v1/staff/orders/" + order.getString("id") + "/returns/" + asked.getString("id") + "/authorise";
        assertThat(desk.post(step, desk.customer(), null, "Purpose", "refund_management")
                        .statusCode())
                .isEqualTo(403);
        assertThat(desk.post(step, desk.staff(), null, "Purpose", "shipment").statusCode())
                .isEqualTo(403);
        assertThat(desk.shown(order).getJsonArray("returns")).containsExactly(asked);
        further(order, asked, "reject", null, 200);
        assertThat(desk.provider(order, "refunded")).isEmpty();
    }

    private static JsonObject delivered(int quantity) throws Exception {
        return desk.awaited(
                desk.placed(quantity, "pm_card_visa"),
                one -> one.getString("state").equals("CLOSED"));
    }

    private static JsonObject returned(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonArray returns = new JsonObject(answer.body()).getJsonArray("returns");
        return returns.getJsonObject(returns.size() - 1);
    }

    private static void further(
            JsonObject order, JsonObject returned, String step, @Nullable JsonObject body, int status)
            throws Exception {
        String path = "/v1/staff/orders/" + order.getString("id") + "/returns/" + returned.getString("id") + "/" + step;
        HttpResponse<String> answer = desk.post(path, desk.staff(), body, "Purpose", "refund_management");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private static JsonObject amount(long minor) {
        return new JsonObject()
                .put("amount", new JsonObject().put("amount", minor).put("currency", "EUR"));
    }
}
