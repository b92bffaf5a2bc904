package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that staff send out by hand: in several parcels, smaller than they were, or not at all. The partners' books agree. */
final class SplitOrderIT {

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static OrderDesk desk;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of("orders.auto_dispatch", "false", "orders.review_within", "3s"));
        desk = OrderDesk.of(shop);
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    void twoParcelsAreTwoCapturesAndTheSecondLetsGoOfNothingThatIsOwed() throws Exception {
        JsonObject order = desk.confirmed(3);
        long price = OrderDesk.price(order);

        JsonObject first = desk.dispatched(order, "first", 1);
        assertThat(desk.dispatched(order, "first", 1).getJsonArray("parcels"))
                .as("the same request again is the same parcel")
                .hasSize(1);
        assertThat(OrderDesk.pieces(first)).containsExactly(1);
        desk.awaited(order, one -> one.getJsonObject("captured").getLong("amount") == price);
        JsonObject second = desk.dispatched(order, "second", 2);
        assertThat(OrderDesk.pieces(second)).containsExactly(1, 2);

        JsonObject closed = desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(closed.getJsonObject("captured").getLong("amount")).isEqualTo(3 * price);
        assertThat(closed.getString("payment_status")).isEqualTo("captured");
        assertThat(desk.provider(order, "captured")).containsExactly(price, 2 * price);
        assertThat(desk.provider(order, "voided")).isEmpty();
        assertThat(desk.book("carrier.ndjson", order, "status", "delivered")).hasSize(2);
    }

    @Test
    void whatTheBuyerNoLongerWantsIsNeitherSentNorTakenAndBothBooksSaySo() throws Exception {
        JsonObject order = desk.confirmed(3);
        long price = OrderDesk.price(order);
        HttpResponse<String> smaller = desk.cancel(order, OrderDesk.lines(2));
        assertThat(smaller.statusCode()).as(smaller.body()).isEqualTo(200);
        assertThat(new JsonObject(smaller.body()).getJsonArray("cancelled").encode())
                .contains("\"quantity\":1");
        assertThat(desk.dispatch(order, "all-of-it", OrderDesk.lines(3)).statusCode())
                .as("one is not wanted any more")
                .isEqualTo(409);
        desk.dispatched(order, "one", 1);
        desk.awaited(order, one -> one.getJsonObject("captured").getLong("amount") == price);

        assertThat(desk.staff(order, "void", "transaction_verification").statusCode())
                .isEqualTo(200);

        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(desk.provider(order, "captured")).containsExactly(price);
        assertThat(desk.provider(order, "voided")).as("the rest").containsExactly(2 * price);
    }

    @Test
    void anOrderThatIsStoppedIsNotSentAndGoesOnWhenItIsReleased() throws Exception {
        JsonObject order = desk.confirmed(1);
        JsonObject held = new JsonObject(
                desk.staff(order, "hold", "transaction_verification").body());
        assertThat(held.getString("state")).isEqualTo("ON_HOLD");
        assertThat(held.getString("hold_reason")).isEqualTo("MANUAL");
        assertThat(desk.dispatch(order, "while-held", new JsonObject()).statusCode())
                .isEqualTo(409);

        assertThat(desk.staff(order, "release", "transaction_verification").statusCode())
                .isEqualTo(200);
        assertThat(desk.dispatch(order, "released", new JsonObject()).statusCode())
                .isEqualTo(201);
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
    }

    @Test
    void anOrderThatNobodyReleasesInItsTermIsCancelledAndItsMoneyLetGo() throws Exception {
        JsonObject order = desk.confirmed(1);
        assertThat(desk.staff(order, "hold", "transaction_verification").statusCode())
                .isEqualTo(200);
        JsonObject ended = desk.awaited(order, one -> one.getString("state").equals("CANCELLED"));
        assertThat(ended.getString("payment_status")).isEqualTo("voided");
        assertThat(desk.provider(order, "voided")).containsExactly(OrderDesk.price(order));
    }

    @Test
    void moneyOfTwoParcelsGoesBackOutOfBothCaptures() throws Exception {
        JsonObject order = desk.confirmed(2);
        long price = OrderDesk.price(order);
        desk.dispatched(order, "one", 1);
        desk.awaited(order, one -> one.getJsonObject("captured").getLong("amount") == price);
        desk.dispatched(order, "two", 1);
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));

        HttpResponse<String> refunded = desk.post(
                "/v1/staff/orders/" + order.getString("id") + "/refunds",
                desk.staff(),
                new JsonObject()
                        .put("reason", "late")
                        .put("amount", new JsonObject().put("amount", price + 1).put("currency", "EUR")),
                "Purpose",
                "refund_management");
        assertThat(refunded.statusCode()).as(refunded.body()).isEqualTo(201);
        desk.awaited(order, one -> one.getJsonObject("refunded").getLong("amount") == price + 1);
        assertThat(desk.provider(order, "refunded")).containsExactlyInAnyOrder(price, 1L);
    }

    @Test
    void whoeverMayNotDoesNotAndWhoeverAsksWithoutPurposeOrCaseIsToldSo() throws Exception {
        JsonObject order = desk.confirmed(1);
        String path = "/v1/staff/orders/" + order.getString("id") + "/hold";
        assertThat(desk.post(path, desk.customer(), null, "Purpose", "transaction_verification")
                        .statusCode())
                .isEqualTo(403);
        assertThat(desk.post(path, desk.staff(), null, "Purpose", "shipment").statusCode())
                .isEqualTo(403);
        assertThat(desk.dispatch(order, "lines", OrderDesk.lines(2)).statusCode())
                .isEqualTo(409);
        assertThat(desk.shown(order).getString("state")).isEqualTo("CONFIRMED");
        assertThat(desk.cancel(order, new JsonObject().put("lines", new JsonArray()))
                        .statusCode())
                .isEqualTo(422);
        assertThat(desk.cancel(order, new JsonObject().put("line", new JsonArray()))
                        .statusCode())
                .as("a misspelt member does not cancel the whole")
                .isEqualTo(422);
        assertThat(desk.shown(order).getString("state")).isEqualTo("CONFIRMED");
        assertThat(desk.shown(order).getJsonArray("cancelled")).isEmpty();
    }
}
