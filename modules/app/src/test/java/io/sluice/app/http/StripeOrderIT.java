package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.sluice.app.process.AnnouncedLaw;
import io.sluice.testkit.LoopbackPort;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders paid by Stripe's protocol, over real sockets; the provider's book agrees. */
final class StripeOrderIT {

    private static final String SECRET = "whsec_0123456789abcdefghij";

    @TempDir
    Path dataDir;

    @TempDir
    Path laws;

    private final Map<String, String> settings = new HashMap<>();
    private @Nullable Shop shop;

    private OrderDesk open(Map<String, String> more) throws Exception {
        // the sandbox stands for Stripe, and so it does in the law
        Path law = AnnouncedLaw.sign(
                laws, AnnouncedLaw.SHIPPED, AnnouncedLaw.shipped().replace("sandbox-provider", "stripe"));
        int port = LoopbackPort.free();
        settings.putAll(Map.of(
                "policy.dir",
                String.valueOf(law.getParent()),
                "policy.signers",
                AnnouncedLaw.KEY.toString(),
                "orders.auto_dispatch",
                "false",
                "payments.provider",
                "stripe",
                "payments.stripe.url",
                "http://127.0.0.1:" + port,
                "payments.stripe.api_key",
                "rk_test_of_the_sandbox",
                "payments.stripe.webhook_secret",
                SECRET,
                "payments.stripe.return_url",
                "https://shop.example/paid",
                "sandbox.provider_port",
                Integer.toString(port),
                "payments.sandbox.api_key",
                "rk_test_of_the_sandbox"));
        settings.put("payments.sandbox.webhook_secret", SECRET);
        settings.putAll(more);
        Shop opened = Shop.open(dataDir, settings);
        shop = opened;
        return OrderDesk.of(opened);
    }

    @AfterEach
    void close() throws Exception {
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void anOrderIsPaidAndPaidBackAndStripesEventsArrive() throws Exception {
        OrderDesk desk = open(Map.of());
        JsonObject order = desk.confirmed(2);
        long whole = 2 * OrderDesk.price(order);
        desk.dispatched(order, "all", 2);
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(refund(desk, order).statusCode()).isEqualTo(201);
        desk.awaited(order, one -> one.getString("payment_status").equals("refunded"));

        for (String effect : List.of("authorised", "captured", "refunded")) {
            assertThat(desk.provider(order, effect)).as(effect).containsExactly(whole);
        }
        for (JsonObject line : told(order)) {
            String event = line.getString("event").replace("-", "");
            desk.awaited(order, one -> desk.shop().callbacksKept(event) == 1);
        }
        assertThat(told(order))
                .extracting(line -> line.getString("type"))
                .containsExactly(
                        "payment_intent.amount_capturable_updated", "payment_intent.succeeded", "refund.created");
        assertThat(desk.shop().leaves("stripe", "permit"))
                .as("who got what is in the ledger")
                .isNotEmpty();
        assertThat(desk.shop().leaves("sandbox-provider", "permit")).isEmpty();
    }

    @Test
    void anOrderInTwoParcelsIsPaidByTwoCapturesAndPaidBackWhole() throws Exception {
        OrderDesk desk = open(Map.of());
        JsonObject order = desk.confirmed(2);
        long price = OrderDesk.price(order);
        desk.dispatched(order, "first", 1);
        desk.awaited(order, one -> one.getJsonObject("captured").getLong("amount") == price);
        desk.dispatched(order, "second", 1);
        JsonObject closed = desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(closed.getJsonObject("captured").getLong("amount")).isEqualTo(2 * price);
        assertThat(refund(desk, order).statusCode()).isEqualTo(201);
        desk.awaited(order, one -> one.getString("payment_status").equals("refunded"));

        assertThat(desk.provider(order, "captured")).containsExactly(price, price);
        assertThat(desk.provider(order, "refunded")).containsExactly(price, price);
        assertThat(desk.provider(order, "authorised")).containsExactly(2 * price);
    }

    @Test
    void anOrderThatIsCalledOffIsLetGoOfAndNotAuthorisedAnew() throws Exception {
        OrderDesk desk = open(Map.of());
        JsonObject order = desk.confirmed(1);
        long price = OrderDesk.price(order);
        HttpResponse<String> cancelled = desk.cancel(order, new JsonObject());
        assertThat(cancelled.statusCode()).as(cancelled.body()).isBetween(200, 202);
        desk.awaited(order, one -> one.getString("state").equals("CANCELLED"));

        assertThat(desk.provider(order, "voided")).containsExactly(price);
        assertThat(desk.provider(order, "authorised")).containsExactly(price);
    }

    @Test
    void anOrderWhoseAnswersAreAllLostIsFoundAgainByAskingAlone() throws Exception {
        OrderDesk desk = open(Map.of(
                "payments.timeout", "1s",
                "sandbox.lost_answer_rate", "1",
                // its events are not believed: nothing but the look-up tells
                "payments.sandbox.webhook_secret", "whsec_YW5vdGhlciBvbmUgdGhhbiBvdXJzLCBsb25nIGVub3VnaA=="));
        JsonObject order = desk.confirmed(1);
        long price = OrderDesk.price(order);
        desk.dispatched(order, "one", 1);
        desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
        assertThat(refund(desk, order).statusCode()).isEqualTo(201);
        desk.awaited(order, one -> one.getString("payment_status").equals("refunded"));

        for (String effect : List.of("authorised", "captured", "refunded")) {
            assertThat(desk.provider(order, effect)).as(effect).containsExactly(price);
        }
    }

    @Test
    void whatABankTakesBackIsSeenInTheOrderAndCannotBePaidBackOnceMore() throws Exception {
        OrderDesk desk = open(Map.of());
        JsonObject order = desk.confirmed(1, "pm_card_disputed");
        desk.dispatched(order, "one", 1);
        desk.awaited(order, one -> one.getString("payment_status").equals("charged_back"));

        assertThat(desk.provider(order, "charged_back")).containsExactly(OrderDesk.price(order));
        assertThat(refund(desk, order).statusCode()).isEqualTo(409);
    }

    @Test
    void aDisputeThatIsWonLeavesTheOrderAsItWas() throws Exception {
        OrderDesk desk = open(Map.of());
        JsonObject order = desk.confirmed(1, "pm_card_dispute_won");
        desk.dispatched(order, "one", 1);
        awaitEnd(desk, order, "chargeback_won");

        desk.awaited(order, one -> one.getString("payment_status").equals("captured"));
        assertThat(refund(desk, order).statusCode()).isEqualTo(201);
        desk.awaited(order, one -> one.getString("payment_status").equals("refunded"));
    }

    @Test
    void aDisputeThatIsLostStaysWhereItWas() throws Exception {
        OrderDesk desk = open(Map.of());
        JsonObject order = desk.confirmed(1, "pm_card_dispute_lost");
        desk.dispatched(order, "one", 1);
        awaitEnd(desk, order, "chargeback_lost");

        assertThat(desk.shown(order).getString("payment_status")).isEqualTo("charged_back");
    }

    /** Waits until the shop has settled the event by which a dispute is closed. */
    private void awaitEnd(OrderDesk desk, JsonObject order, String effect) throws Exception {
        desk.awaited(order, one -> {
            List<JsonObject> ends = desk.book("provider.ndjson", order, "effect", effect);
            return !ends.isEmpty()
                    && desk.shop()
                            .verdict(ends.getFirst().getString("event").replace("-", ""))
                            .filter("done"::equals)
                            .isPresent();
        });
    }

    @Test
    void aGenuineDisputeOfSomebodyElsesPaymentWaitsAndMovesNothing() throws Exception {
        OrderDesk desk = open(Map.of());
        JsonObject order = desk.confirmed(1);
        JsonObject before = desk.shown(order);
        JsonObject dispute = new JsonObject()
                .put("id", "dp_1")
                .put("object", "dispute")
                .put("amount", OrderDesk.price(order))
                .put("currency", "eur")
                .put("payment_intent", "pi_of_another_shop")
                .put("status", "needs_response");

        tell(desk, "evt_1", "charge.dispute.funds_withdrawn", dispute);

        desk.awaited(order, one -> desk.shop().isAnyDeferred("payment.callback"));
        assertThat(desk.shop().verdict("evt_1")).as("it waits").isEmpty();
        assertThat(desk.shown(order)).isEqualTo(before);
    }

    @Test
    void anOrderThatGoesByStripeIsMovedByStripeAndByNobodyElse() throws Exception {
        OrderDesk desk = open(Map.of());
        JsonObject order = desk.placed(1, "pm_card_3ds");
        desk.awaited(order, one -> one.getString("payment_status").equals("requires_action"));
        String operation = desk.shop().operationOf(order.getString("id"), "authorise");
        String declined = new JsonObject()
                .put("type", "authorisation.declined")
                .put("data", new JsonObject().put("idempotency_key", operation).put("status", "declined"))
                .encode();
        long now = Instant.now().getEpochSecond();

        HttpResponse<String> sandboxes = desk.shop()
                .send(callback(desk, "sandbox", declined)
                        .header("webhook-id", "evt_1")
                        .header("webhook-timestamp", Long.toString(now))
                        .header("webhook-signature", new Webhook(SECRET).sign("evt_1", now, declined)));

        assertThat(sandboxes.statusCode()).as(sandboxes.body()).isEqualTo(200);
        desk.awaited(
                order,
                one -> desk.shop()
                        .verdict("evt_1")
                        .filter("callback.another-partners"::equals)
                        .isPresent());
        assertThat(desk.shown(order).getString("payment_status")).isEqualTo("requires_action");

        tell(
                desk,
                "evt_2",
                "payment_intent.payment_failed",
                new JsonObject()
                        .put("id", "pi_1")
                        .put("object", "payment_intent")
                        .put("amount", OrderDesk.price(order))
                        .put("currency", "eur")
                        .put("metadata", new JsonObject().put("sluice_authorisation", operation)));
        desk.awaited(order, one -> one.getString("state").equals("REJECTED"));
    }

    /** Says something as Stripe does. */
    private static void tell(OrderDesk desk, String event, String type, JsonObject object) throws Exception {
        String body = new JsonObject()
                .put("id", event)
                .put("object", "event")
                .put("data", new JsonObject().put("object", object))
                .put("type", type)
                .encode();
        String signature = com.stripe.net.Webhook.Signature.generateSignatureHeader(body, SECRET);
        HttpResponse<String> answer =
                desk.shop().send(callback(desk, "stripe", body).header("Stripe-Signature", signature));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static HttpRequest.Builder callback(OrderDesk desk, String partner, String body) {
        return desk.shop()
                .request("/v1/webhooks/payments/" + partner)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> refund(OrderDesk desk, JsonObject order) throws Exception {
        return desk.post(
                "/v1/staff/orders/" + order.getString("id") + "/refunds",
                desk.staff(),
                new JsonObject().put("reason", "late"),
                "Purpose",
                "refund_management");
    }

    /** The lines of the provider's book that the shop is told of. */
    private List<JsonObject> told(JsonObject order) throws Exception {
        return Files.readAllLines(dataDir.resolve("outside").resolve("provider.ndjson")).stream()
                .map(JsonObject::new)
                .filter(line -> order.getString("id").equals(line.getString("reference")))
                .filter(line -> line.getString("type") != null)
                .toList();
    }
}
