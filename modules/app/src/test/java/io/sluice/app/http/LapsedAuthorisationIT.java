package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders whose authorisation ends before they go out. The provider's book agrees. */
final class LapsedAuthorisationIT {

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static OrderDesk desk;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of("orders.auto_dispatch", "false", "payments.authorisation_lasts", "5s"));
        desk = OrderDesk.of(shop);
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    void anOrderThatWaitsIsAuthorisedAnewAndPaidOutOfThat() throws Exception {
        JsonObject order = desk.confirmed(2);
        long whole = 2 * OrderDesk.price(order);
        desk.awaited(order, one -> desk.provider(order, "authorised").size() >= 2);
        // refused while the next authorisation is asked for
        desk.awaited(
                order, one -> desk.dispatch(order, "late", new JsonObject()).statusCode() == 201);
        JsonObject closed = desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(closed.getJsonObject("captured").getLong("amount")).isEqualTo(whole);
        assertThat(desk.provider(order, "captured")).containsExactly(whole);
        assertThat(desk.provider(order, "authorisation_expired")).isNotEmpty().containsOnly(whole);
        assertThat(desk.provider(order, "authorised"))
                .as("one stood at a time")
                .hasSize(desk.provider(order, "authorisation_expired").size() + 1);
    }

    @Test
    void anOrderThatIsDeclinedAnewIsCancelledAndItsGoodsAreOnTheShelfAgain() throws Exception {
        JsonObject order = desk.confirmed(1, "pm_card_declined_again");
        desk.awaited(order, one -> one.getString("state").equals("CANCELLED"));
        assertThat(desk.provider(order, "authorised")).hasSize(1);
        assertThat(desk.provider(order, "authorisation_expired")).hasSize(1);
        assertThat(desk.provider(order, "declined")).hasSize(1);
        assertThat(desk.provider(order, "captured")).isEmpty();
    }

    @Test
    void ofAnOrderThatIsDeclinedAnewWhatHasGoneOutIsPaid() throws Exception {
        JsonObject order = desk.confirmed(3, "pm_card_declined_again");
        long price = OrderDesk.price(order);
        desk.dispatched(order, "first", 1);
        JsonObject closed = desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(closed.getJsonArray("cancelled").getJsonObject(0).getInteger("quantity"))
                .isEqualTo(2);
        assertThat(desk.provider(order, "captured")).containsExactly(price);
    }
}
