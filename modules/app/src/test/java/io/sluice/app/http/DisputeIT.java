package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Money that had moved and comes back by itself: late failures and disputes. The provider's book agrees. */
final class DisputeIT {

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
    void aCaptureThatFailsLateIsOwedAgainAndStaffTakeIt() throws Exception {
        JsonObject order = desk.confirmed(1, "pm_card_capture_fails_late");
        long price = OrderDesk.price(order);
        desk.dispatched(order, "one", 1);
        desk.awaited(
                order,
                one -> !desk.provider(order, "capture_reversed").isEmpty()
                        && one.getJsonObject("captured").getLong("amount") == 0);

        HttpResponse<String> taken = desk.staff(order, "capture", "transaction_verification");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        desk.awaited(order, one -> desk.provider(order, "captured").size() == 2);
        assertThat(desk.provider(order, "authorised"))
                .as("what was used up is not taken from again")
                .containsExactly(price, price);
    }

    @Test
    void whatABankTakesBackIsSeenAndCannotBePaidBackOnceMore() throws Exception {
        JsonObject order = desk.confirmed(1, "pm_card_disputed");
        desk.dispatched(order, "one", 1);
        desk.awaited(order, one -> one.getString("payment_status").equals("charged_back"));
        assertThat(desk.provider(order, "charged_back")).containsExactly(OrderDesk.price(order));
        assertThat(refunded(order).statusCode()).isEqualTo(409);
    }

    @Test
    void aDisputeThatIsWonLeavesTheOrderAsItWas() throws Exception {
        JsonObject order = desk.confirmed(1, "pm_card_dispute_won");
        desk.dispatched(order, "one", 1);
        desk.awaited(
                order,
                one -> !desk.provider(order, "chargeback_won").isEmpty()
                        && one.getString("payment_status").equals("captured"));
        assertThat(refunded(order).statusCode()).isEqualTo(201);
        desk.awaited(order, one -> one.getString("payment_status").equals("refunded"));
    }

    @Test
    void aRefundThatFailsLateHasNotBeenGiven() throws Exception {
        JsonObject order = desk.confirmed(1, "pm_card_refund_fails_late");
        desk.dispatched(order, "one", 1);
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(refunded(order).statusCode()).isEqualTo(201);
        desk.awaited(
                order,
                one -> !desk.provider(order, "refund_reversed").isEmpty()
                        && one.getJsonObject("refunded").getLong("amount") == 0);
    }

    private static HttpResponse<String> refunded(JsonObject order) throws Exception {
        return desk.post(
                "/v1/staff/orders/" + order.getString("id") + "/refunds",
                desk.staff(),
                new JsonObject().put("reason", "late"),
                "Purpose",
                "refund_management");
    }
}
