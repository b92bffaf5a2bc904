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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses that are corrected before a parcel goes there. The carrier's own book says where it went. */
final class AddressIT {

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static OrderDesk desk;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of("orders.auto_dispatch", "false"));
        desk = OrderDesk.of(shop);
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    void whatHasNotGoneOutGoesWhereTheBuyerLastSaidAndNothingOfTheOldAddressRemains() throws Exception {
        JsonObject order = desk.confirmed(2);
        desk.dispatched(order, "first", 1);
        JsonObject seen =
                desk.awaited(order, one -> one.getJsonObject("captured").getLong("amount") > 0);

        HttpResponse<String> corrected = corrected(seen, tag(seen), desk.customer(), parkStreet());
        assertThat(corrected.statusCode()).as(corrected.body()).isEqualTo(200);
        assertThat(corrected.headers().firstValue("ETag")).contains(tag(new JsonObject(corrected.body())));
        desk.dispatched(order, "second", 1);
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));

        List<JsonObject> told = desk.book("carrier.ndjson", order, "status", "accepted").stream()
                .map(line -> line.getJsonObject("recipient"))
                .toList();
        assertThat(told).hasSize(2);
        assertThat(told.getFirst().getString("line1")).isEqualTo("Skogsgatan 4");
        assertThat(told.getLast()).as("without the old one's second line").isEqualTo(parkStreet());
    }

    @Test
    void anOrderThatTheCarrierWouldNotTakeGoesOnOnceItsAddressIsRight() throws Exception {
        JsonObject order = placed(Map.of("line2", "CARRIER REFUSES"));
        desk.awaited(order, one -> one.getString("state").equals("CONFIRMED"));
        desk.dispatched(order, "first", 2);
        JsonObject held = desk.awaited(order, one -> one.getString("state").equals("ON_HOLD"));
        assertThat(held.getString("hold_reason")).isEqualTo("ADDRESS");

        HttpResponse<String> corrected = corrected(held, tag(held), desk.customer(), parkStreet());
        assertThat(corrected.statusCode()).as(corrected.body()).isEqualTo(200);
        assertThat(new JsonObject(corrected.body()).getString("state")).isEqualTo("CONFIRMED");
        desk.dispatched(order, "again", 2);
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(desk.book("carrier.ndjson", order, "status", "accepted"))
                .extracting(line -> line.getJsonObject("recipient"))
                .containsExactly(parkStreet());
    }

    @Test
    @Clause("B1")
    void aGiftsAddressIsSealedForItsRecipientAndStaffMayCorrectItToo() throws Exception {
        JsonObject gift = Shop.order(shop.freshProduct()).put("recipient", new JsonObject().put("name", "Ines Duarte"));
        JsonObject order =
                new JsonObject(shop.place(desk.customer(), UUID.randomUUID().toString(), gift.encode())
                        .body());
        desk.awaited(order, one -> one.getString("state").equals("CONFIRMED"));
        String path = "/v1/staff/orders/" + order.getString("id") + "/delivery";
        assertThat(desk.post(path, desk.customer(), parkStreet(), "Purpose", "shipment")
                        .statusCode())
                .as("no staff")
                .isEqualTo(403);
        assertThat(desk.post(path, desk.staff(), parkStreet(), "Purpose", "refund_management")
                        .statusCode())
                .as("for something else")
                .isEqualTo(403);
        HttpResponse<String> corrected = desk.post(path, desk.staff(), parkStreet(), "Purpose", "shipment");
        assertThat(corrected.statusCode()).as(corrected.body()).isEqualTo(200);

        JsonObject leaf = shop.leaves("order.readdress", "permit").getLast();
        assertThat(leaf.encode()).contains("delivery.line1").doesNotContain("Parkgatan");
        desk.dispatched(order, "first", 2);
        // the carrier's side opens what it gets under the recipient's key
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(desk.book("carrier.ndjson", order, "status", "accepted"))
                .extracting(line -> line.getJsonObject("recipient"))
                .containsExactly(parkStreet());
    }

    @Test
    void whoeverHasNotSeenItOrMayNotOrComesTooLateIsToldSoAndNothingChanges() throws Exception {
        JsonObject order = desk.confirmed(2);
        assertThat(corrected(order, null, desk.customer(), parkStreet()).statusCode())
                .as("without a word of what was seen")
                .isEqualTo(428);
        assertThat(corrected(order, "\"0\"", desk.customer(), parkStreet()).statusCode())
                .as("as it was before")
                .isEqualTo(412);
        assertThat(corrected(order, "W/" + tag(desk.shown(order)), desk.customer(), parkStreet())
                        .statusCode())
                .as("as good as seen")
                .isEqualTo(412);
        assertThat(corrected(order, "*", shop.token("customer2"), parkStreet()).statusCode())
                .as("another's")
                .isEqualTo(404);
        JsonObject half = new JsonObject().put("line1", "Parkgatan 9");
        assertThat(corrected(order, "*", desk.customer(), half).statusCode())
                .as("half an address")
                .isEqualTo(422);
        desk.dispatched(order, "all", 2);
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        HttpResponse<String> late = corrected(order, "*", desk.customer(), parkStreet());
        assertThat(late.statusCode()).as(late.body()).isEqualTo(409);
        assertThat(late.body()).contains("order.not-readdressable");
        assertThat(desk.book("carrier.ndjson", order, "status", "accepted"))
                .extracting(line -> line.getJsonObject("recipient").getString("line1"))
                .containsExactly("Skogsgatan 4");
    }

    private static JsonObject parkStreet() {
        return new JsonObject()
                .put("name", "Nora Lind")
                .put("line1", "Parkgatan 9")
                .put("city", "Lund")
                .put("postcode", "223 50")
                .put("country", "SE");
    }

    private static JsonObject placed(Map<String, String> more) throws Exception {
        JsonObject body = Shop.order(shop.freshProduct());
        more.forEach(body.getJsonObject("delivery")::put);
        HttpResponse<String> placed =
                shop.place(desk.customer(), UUID.randomUUID().toString(), body.encode());
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        return new JsonObject(placed.body());
    }

    private static String tag(JsonObject order) {
        return "\"" + order.getLong("version") + "\"";
    }

    private static HttpResponse<String> corrected(
            JsonObject order, @Nullable String seen, String token, JsonObject address) throws Exception {
        HttpRequest.Builder request = shop.request("/v1/orders/" + order.getString("id") + "/delivery")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(address.encode()));
        return shop.send(seen == null ? request : request.header("If-Match", seen));
    }
}
