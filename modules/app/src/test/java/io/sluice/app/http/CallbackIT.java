package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callbacks about an order whose payment waits for its customer: who could forge one would have the goods for nothing. */
class CallbackIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ANOTHERS_SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("another's secret of 32 letters..".getBytes(StandardCharsets.UTF_8));

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static String token;
    private static String secret;
    private static String order;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of());
        token = shop.token("customer1");
        secret = Files.readString(dataDir.resolve("secrets/payments.sandbox.webhook_secret"))
                .strip();
        order = challenged();
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    /** A callback that is not the partner's, or not of now. */
    enum Forged {
        UNSIGNED,
        SIGNED_BY_ANOTHER,
        CHANGED_ON_ITS_WAY,
        TEN_MINUTES_OLD,
        TEN_MINUTES_EARLY,
        WITH_ANOTHERS_SIGNATURE;

        HttpRequest.Builder request(String event) throws Exception {
            Instant now = Instant.now();
            return switch (this) {
                case UNSIGNED -> callback(authorised());
                case SIGNED_BY_ANOTHER -> signed(ANOTHERS_SECRET, event, now, authorised(), authorised());
                case CHANGED_ON_ITS_WAY ->
                    signed(secret, event, now, authorised().replace("succeeded", "declined"), authorised());
                case TEN_MINUTES_OLD ->
                    signed(secret, event, now.minus(Duration.ofMinutes(10)), authorised(), authorised());
                case TEN_MINUTES_EARLY ->
                    signed(secret, event, now.plus(Duration.ofMinutes(10)), authorised(), authorised());
                case WITH_ANOTHERS_SIGNATURE ->
                    signed(secret, "evt_another", now, authorised(), authorised())
                            .setHeader("webhook-id", event);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgedCallbackIsRefusedAndTheOrderStaysAsItIs(Forged forged) throws Exception {
        String event = newEvent();
        String before = shop.get(token, "/v1/orders/" + order).body();

        HttpResponse<String> answer = shop.send(forged.request(event));

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(shop.callbacksKept(event)).isZero();
        assertThat(shop.get(token, "/v1/orders/" + order).body()).isEqualTo(before);
    }

    @Test
    void aGenuineOneIsBelieved() throws Exception {
        String another = challenged();
        String body = said("declined", shop.operationOf(another, "authorise"));

        HttpResponse<String> answer = shop.send(signed(secret, newEvent(), Instant.now(), body, body));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!shop.get(token, "/v1/orders/" + another).body().contains("\"REJECTED\"")) {
            assertThat(System.nanoTime()).as("the order is rejected").isLessThan(giveUp);
        }
    }

    @Test
    void aGenuineOneIsKeptOnceHoweverOftenItComes() throws Exception {
        String event = newEvent();
        String first = aboutNothingOfOurs("succeeded");

        for (String body : new String[] {first, first, aboutNothingOfOurs("declined")}) {
            HttpResponse<String> answer = shop.send(signed(secret, event, Instant.now(), body, body));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        assertThat(shop.callbacksKept(event)).isEqualTo(1);
    }

    private static String challenged() throws Exception {
        HttpResponse<String> placed = shop.send(shop.request("/v1/orders")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=20")
                .POST(HttpRequest.BodyPublishers.ofString(Shop.order(shop.freshProduct())
                        .put("payment", new JsonObject().put("method", "pm_card_3ds"))
                        .encode())));
        assertThat(new JsonObject(placed.body()).getString("payment_status")).isEqualTo("requires_action");
        return new JsonObject(placed.body()).getString("id");
    }

    private static String authorised() throws Exception {
        return said("succeeded", shop.operationOf(order, "authorise"));
    }

    private static String aboutNothingOfOurs(String status) {
        return said(
                status, UUID.fromString("00000000-0000-7000-8000-000000000000").toString());
    }

    private static String said(String status, String operation) {
        return new JsonObject()
                .put("type", "authorisation." + status)
                .put(
                        "data",
                        new JsonObject()
                                .put("idempotency_key", operation)
                                .put("id", "op_1")
                                .put("status", status))
                .encode();
    }

    private static HttpRequest.Builder signed(String key, String event, Instant at, String signed, String sent)
            throws Exception {
        return callback(sent)
                .header("webhook-id", event)
                .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                .header("webhook-signature", new Webhook(key).sign(event, at.getEpochSecond(), signed));
    }

    private static HttpRequest.Builder callback(String body) {
        return shop.request("/v1/webhooks/payments/sandbox")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String newEvent() {
        return "evt_" + UUID.randomUUID();
    }
}
