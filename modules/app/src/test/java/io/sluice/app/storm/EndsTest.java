package io.sluice.app.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That an order which is stuck is called so. */
final class EndsTest {

    @Test
    void whatIsOverHasAnEnd() {
        assertThat(Ends.of(order("CLOSED", "SUCCEEDED", "DELIVERED"))).contains("CLOSED");
        assertThat(Ends.of(order("CLOSED", "REVERSED", "DELIVERED"))).contains("CLOSED, owed");
        assertThat(Ends.of(order("CONFIRMED", "ERRORED", "DELIVERED"))).contains("CONFIRMED, owed");
        assertThat(Ends.of(order("CONFIRMED", "SUCCEEDED", "LOST"))).contains("CONFIRMED, LOST");
    }

    @Test
    void whatIsStillUnderWayOrWaitsForNothingIsStuck() {
        List.of(
                        order("CLOSED", "UNKNOWN", "DELIVERED"),
                        order("CONFIRMED", "SUCCEEDED", "RETURNING"),
                        order("CONFIRMED", "SUCCEEDED", "DELIVERED"),
                        order("PLACED", "SUCCEEDED", "DELIVERED"),
                        order("CANCELLING", "SUCCEEDED", "DELIVERED"),
                        order("ON_HOLD", "SUCCEEDED", "DELIVERED").put("hold", "CONFLICT"),
                        order("ON_HOLD", "SUCCEEDED", "DELIVERED").put("hold", "FRAUD"),
                        order("ON_HOLD", "SUCCEEDED", "DELIVERED").put("hold", "MANUAL"))
                .forEach(order -> assertThat(Ends.of(order)).as("%s", order).isEmpty());
    }

    private static JsonObject order(String state, String capture, String parcel) {
        JsonObject piece = new JsonObject().put("sku", "tea").put("quantity", 1);
        return new JsonObject()
                .put("state", state)
                .put("lines", new JsonArray().add(piece.copy().put("unit_price", 500)))
                .put("committed", new JsonArray().add(piece))
                .put(
                        "operations",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("kind", "CAPTURE")
                                        .put("amount", 500)
                                        .put("status", capture)))
                .put("shipments", new JsonArray().add(new JsonObject().put("status", parcel)));
    }
}
