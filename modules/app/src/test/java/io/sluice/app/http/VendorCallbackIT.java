package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Partners who call back by protocols of their own: about an order whose payment waits for its customer, or about its parcel. Adyen and
 * whoever follows Standard Webhooks speak for the provider that orders go by here, EasyPost for the carrier; Stripe for nobody.
 */
class VendorCallbackIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String STRIPES = "whsec_0123456789abcdefghij";
    private static final String ADYENS = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
    private static final String EASYPOSTS = "a secret of ours";
    private static final String EASYPOST = "/v1/webhooks/carriers/easypost";

    @TempDir
    static Path dataDir;

    private static KeyPair acme;
    private static Shop shop;
    private static OrderDesk desk;
    private static String token;

    @BeforeAll
    static void open() throws Exception {
        acme = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = acme.getPublic().getEncoded();
        String publicKey = "whpk_"
                + Base64.getEncoder().encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        shop = Shop.open(
                dataDir,
                Map.of(
                        // what is authorised stays where it is: nobody goes on with it at a provider that is not there
                        "orders.auto_dispatch",
                        "false",
                        "payments.stripe.webhook_secret",
                        "whsec_another_secret_to_come," + STRIPES,
                        "payments.adyen.webhook_secret",
                        ADYENS,
                        "payments.adyen.speaks_for",
                        "sandbox",
                        "payments.standard.webhook_secret",
                        publicKey,
                        "payments.standard.speaks_for",
                        "sandbox",
                        "carriers.standard.webhook_secret",
                        publicKey,
                        "carriers.easypost.webhook_secret",
                        EASYPOSTS,
                        "carriers.easypost.speaks_for",
                        "sandbox"));
        desk = OrderDesk.of(shop);
        token = desk.customer();
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    /** A partner, and how it tells that a payment was declined. */
    enum Payer {
        STRIPE {
            @Override
            HttpRequest.Builder declines(String event, String operation, boolean isGenuine) throws Exception {
                JsonObject intent = new JsonObject()
                        .put("id", "pi_1")
                        .put("object", "payment_intent")
                        .put("amount", 1)
                        .put("currency", "eur")
                        .put("last_payment_error", new JsonObject().put("decline_code", "insufficient_funds"));
                return stripe(event, "payment_intent.payment_failed", intent, operation, isGenuine ? STRIPES : "no");
            }

            @Override
            String eventId(String event) {
                return "evt_" + event;
            }
        },
        ADYEN {
            @Override
            HttpRequest.Builder declines(String event, String operation, boolean isGenuine) throws Exception {
                return adyen(event, "AUTHORISATION", false, operation, 1, isGenuine);
            }

            @Override
            String eventId(String event) {
                return event + ".AUTHORISATION.false";
            }
        },
        BY_PUBLIC_KEY {
            @Override
            HttpRequest.Builder declines(String event, String operation, boolean isGenuine) throws Exception {
                String body = new JsonObject()
                        .put("type", "authorisation.declined")
                        .put(
                                "data",
                                new JsonObject()
                                        .put("idempotency_key", operation)
                                        .put("status", "declined"))
                        .encode();
                return byPublicKey("/v1/webhooks/payments/standard", event, body, isGenuine);
            }

            @Override
            String eventId(String event) {
                return event;
            }
        };

        abstract HttpRequest.Builder declines(String event, String operation, boolean isGenuine) throws Exception;

        /** What its event is called in the inbox. */
        abstract String eventId(String event);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRIPE")
    void aGenuineCallbackOfWhoSpeaksForTheProviderMovesTheOrder(Payer payer) throws Exception {
        String order = challenged().getString("id");

        HttpResponse<String> answer = shop.send(payer.declines(newEvent(), shop.operationOf(order, "authorise"), true));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        awaitState(order, "REJECTED");
    }

    @ParameterizedTest
    @EnumSource
    void aForgedOneIsRefusedAndTheOrderStaysAsItIs(Payer payer) throws Exception {
        String order = challenged().getString("id");
        String before = shop.get(token, "/v1/orders/" + order).body();
        String event = newEvent();

        HttpResponse<String> answer = shop.send(payer.declines(event, shop.operationOf(order, "authorise"), false));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(shop.callbacksKept(payer.eventId(event))).isZero();
        assertThat(shop.get(token, "/v1/orders/" + order).body()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatedOneIsKeptOnce(Payer payer) throws Exception {
        String event = newEvent();
        String nobodys = "00000000-0000-7000-8000-000000000001";

        for (int time = 0; time < 3; time++) {
            HttpResponse<String> answer = shop.send(payer.declines(event, nobodys, true));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        assertThat(shop.callbacksKept(payer.eventId(event))).isEqualTo(1);
    }

    @Test
    void aGenuineCallbackOfWhoDoesNotSpeakForTheProviderIsKeptAndMovesNothing() throws Exception {
        JsonObject order = challenged();
        String before = shop.get(token, "/v1/orders/" + order.getString("id")).body();
        String event = newEvent();
        JsonObject intent = new JsonObject()
                .put("id", "pi_2")
                .put("object", "payment_intent")
                .put("amount_capturable", total(order))
                .put("amount_received", 0)
                .put("currency", "eur");

        HttpResponse<String> answer = shop.send(stripe(
                event,
                "payment_intent.amount_capturable_updated",
                intent,
                shop.operationOf(order.getString("id"), "authorise"),
                STRIPES));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        awaitVerdict("evt_" + event, "callback.another-partners");
        assertThat(shop.get(token, "/v1/orders/" + order.getString("id")).body())
                .isEqualTo(before);
        assertThat(shop.metrics()).contains("sluice_callbacks_refused_total{code=\"callback.another-partners\"");
    }

    @Test
    void whatAdyenAuthorisesConfirmsTheOrderAndIsAnsweredAsAdyenExpects() throws Exception {
        JsonObject order = challenged();
        String operation = shop.operationOf(order.getString("id"), "authorise");

        HttpResponse<String> answer =
                shop.send(adyen(newEvent(), "AUTHORISATION", true, operation, total(order), true));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[accepted]");
        awaitState(order.getString("id"), "CONFIRMED");
    }

    @Test
    void aPaymentThatWasCancelledByHandDoesNotPassForAnAuthorisedOne() throws Exception {
        JsonObject order = challenged();
        String operation = shop.operationOf(order.getString("id"), "authorise");
        String before = shop.get(token, "/v1/orders/" + order.getString("id")).body();
        String event = newEvent();

        HttpResponse<String> answer = shop.send(adyen(event, "CANCELLATION", true, operation, total(order), true));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(shop.callbacksKept(event + ".CANCELLATION.true")).isEqualTo(1);
        assertThat(shop.get(token, "/v1/orders/" + order.getString("id")).body())
                .isEqualTo(before);
    }

    @Test
    void aThinEventOfStripesIsRefusedForWhatItIs() throws Exception {
        String body = "{\"id\":\"evt_1\",\"object\":\"v2.core.event\",\"type\":\"v1.payment_intent.succeeded\"}";

        HttpResponse<String> answer = shop.send(stripeSigned(body, STRIPES));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("webhook.without-data");
    }

    /** How EasyPost signs what a tracker says. */
    enum Tracker {
        BY_BODY {
            @Override
            HttpRequest.Builder signed(String body) throws Exception {
                return post(EASYPOST, body).header("X-Hmac-Signature", "hmac-sha256-hex=" + hex(EASYPOSTS, body));
            }
        },
        BY_TIME_AND_PATH {
            @Override
            HttpRequest.Builder signed(String body) throws Exception {
                String now = Instant.now().toString();
                String signature = hex(EASYPOSTS, now + "POST" + EASYPOST + body);
                return post(EASYPOST, body)
                        .header("X-Timestamp", now)
                        .header("X-Path", EASYPOST)
                        .header("X-Hmac-Signature-V2", "hmac-sha256-hex=" + signature);
            }
        };

        abstract HttpRequest.Builder signed(String body) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void whatATrackerSaysMovesTheParcelOfThatTrackingNumber(Tracker tracker) throws Exception {
        JsonObject order = delivered();
        String event = newEvent();
        String body = tracked(event, trackingNumber(order));

        HttpResponse<String> answer = shop.send(tracker.signed(body));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        desk.awaited(order, one -> one.getString("fulfilment_status").equals("returned"));
        assertThat(shop.verdict("evt_" + event)).contains("done");
    }

    @ParameterizedTest
    @EnumSource
    void whatItSaysOfAnUnknownNumberWaitsAndMovesNothing(Tracker tracker) throws Exception {
        JsonObject order = delivered();
        JsonObject before = desk.shown(order);
        String event = newEvent();

        HttpResponse<String> answer = shop.send(tracker.signed(tracked(event, "1Z999")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        awaited("it is looked for", () -> shop.isAnyDeferred("shipping.callback"));
        assertThat(shop.callbacksKept("evt_" + event)).isEqualTo(1);
        assertThat(shop.verdict("evt_" + event)).as("it waits").isEmpty();
        assertThat(desk.shown(order)).isEqualTo(before);
    }

    @Test
    void aTrackersEventIsKeptOnceThoughItComesByBothSignatures() throws Exception {
        String event = newEvent();

        for (Tracker tracker : Tracker.values()) {
            HttpResponse<String> answer = shop.send(tracker.signed(tracked(event, "1Z999")));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        assertThat(shop.callbacksKept("evt_" + event)).isEqualTo(1);
    }

    @Test
    void aParcelIsNotMovedByWhoDoesNotSpeakForItsCarrier() throws Exception {
        JsonObject order = delivered();
        JsonObject before = desk.shown(order);
        String event = newEvent();
        String body = new JsonObject()
                .put("type", "shipment.returning")
                .put(
                        "data",
                        new JsonObject()
                                .put("idempotency_key", shop.operationOf(order.getString("id"), "dispatch"))
                                .put("status", "returning"))
                .encode();

        HttpResponse<String> answer = shop.send(byPublicKey("/v1/webhooks/carriers/standard", event, body, true));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        awaitVerdict(event, "callback.another-partners");
        assertThat(desk.shown(order)).isEqualTo(before);
    }

    /** An order whose parcel the carrier has brought: from here on nothing moves it by itself. */
    private static JsonObject delivered() throws Exception {
        JsonObject order = desk.confirmed(1);
        desk.dispatched(order, "one", 1);
        return desk.awaited(order, one -> one.getString("state").equals("CLOSED"));
    }

    private static String trackingNumber(JsonObject order) {
        return order.getJsonArray("parcels").getJsonObject(0).getString("tracking_number");
    }

    private static String tracked(String event, String trackingNumber) {
        return new JsonObject()
                .put("id", "evt_" + event)
                .put("object", "Event")
                .put("description", "tracker.updated")
                .put(
                        "result",
                        new JsonObject()
                                .put("id", "trk_1")
                                .put("tracking_code", trackingNumber)
                                .put("status", "return_to_sender"))
                .encode();
    }

    @Test
    void aForgedEventOfEasyPostsIsRefused() throws Exception {
        String event = newEvent();
        String body = "{\"id\":\"evt_%s\",\"object\":\"Event\",\"description\":\"tracker.updated\"}".formatted(event);

        HttpResponse<String> answer = shop.send(post("/v1/webhooks/carriers/easypost", body)
                .header("X-Hmac-Signature", "hmac-sha256-hex=" + hex("another's secret", body)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(shop.callbacksKept("evt_" + event)).isZero();
    }

    @Test
    void aPartnersSignatureIsNotBelievedOfAnother() throws Exception {
        String body = "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"payment_intent.succeeded\"}";
        HttpRequest.Builder atAdyens = post("/v1/webhooks/payments/adyen", body);
        HttpRequest.Builder atAcmes = post("/v1/webhooks/payments/standard", body);
        String signature = stripeSignature(body, STRIPES);

        assertThat(shop.send(atAdyens.header("Stripe-Signature", signature)).statusCode())
                .isEqualTo(400);
        assertThat(shop.send(atAcmes.header("Stripe-Signature", signature)).statusCode())
                .isEqualTo(401);
        assertThat(shop.send(post("/v1/webhooks/carriers/stripe", body).header("Stripe-Signature", signature))
                        .statusCode())
                .isEqualTo(404);
    }

    private static HttpRequest.Builder stripe(
            String event, String type, JsonObject intent, String operation, String secret) throws Exception {
        String body = new JsonObject()
                .put("id", "evt_" + event)
                .put("object", "event")
                .put(
                        "data",
                        new JsonObject()
                                .put(
                                        "object",
                                        intent.put(
                                                "metadata", new JsonObject().put("sluice_authorisation", operation))))
                .put("type", type)
                .encode();
        return stripeSigned(body, secret);
    }

    private static HttpRequest.Builder stripeSigned(String body, String secret) throws Exception {
        return post("/v1/webhooks/payments/stripe", body).header("Stripe-Signature", stripeSignature(body, secret));
    }

    private static String stripeSignature(String body, String secret) throws Exception {
        long now = Instant.now().getEpochSecond();
        return "t=" + now + ",v1=" + hex(secret, now + "." + body);
    }

    private static HttpRequest.Builder adyen(
            String event, String code, boolean success, String reference, long amount, boolean isGenuine)
            throws Exception {
        String signed = event + "::Shop:" + reference + ":" + amount + ":EUR:" + code + ":" + success;
        byte[] signature = hmac(HexFormat.of().parseHex(isGenuine ? ADYENS : "00".repeat(32)), signed);
        JsonObject item = new JsonObject()
                .put(
                        "additionalData",
                        new JsonObject()
                                .put("hmacSignature", Base64.getEncoder().encodeToString(signature)))
                .put("amount", new JsonObject().put("value", amount).put("currency", "EUR"))
                .put("eventCode", code)
                .put("merchantAccountCode", "Shop")
                .put("merchantReference", reference)
                .put("pspReference", event)
                .put("success", Boolean.toString(success));
        return post(
                "/v1/webhooks/payments/adyen",
                new JsonObject()
                        .put("live", "false")
                        .put(
                                "notificationItems",
                                new JsonArray().add(new JsonObject().put("NotificationRequestItem", item)))
                        .encode());
    }

    private static HttpRequest.Builder byPublicKey(String path, String event, String body, boolean isGenuine)
            throws Exception {
        long now = Instant.now().getEpochSecond();
        KeyPair signing =
                isGenuine ? acme : KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(signing.getPrivate());
        signer.update((event + "." + now + "." + body).getBytes(StandardCharsets.UTF_8));
        return post(path, body)
                .header("webhook-id", event)
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", "v1a," + Base64.getEncoder().encodeToString(signer.sign()));
    }

    private static String hex(String secret, String signed) throws Exception {
        return HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), signed));
    }

    private static byte[] hmac(byte[] key, String signed) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder post(String path, String body) {
        return shop.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static JsonObject challenged() throws Exception {
        HttpResponse<String> placed = shop.send(shop.request("/v1/orders")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=20")
                .POST(HttpRequest.BodyPublishers.ofString(Shop.order(shop.freshProduct())
                        .put("payment", new JsonObject().put("method", "pm_card_3ds"))
                        .encode())));
        JsonObject order = new JsonObject(placed.body());
        assertThat(order.getString("payment_status")).isEqualTo("requires_action");
        return order;
    }

    private static long total(JsonObject order) {
        return order.getJsonObject("total").getLong("amount");
    }

    private static void awaitState(String order, String state) throws Exception {
        awaited(
                "the order is " + state,
                () -> shop.get(token, "/v1/orders/" + order).body().contains("\"" + state + "\""));
    }

    private static void awaitVerdict(String event, String verdict) throws Exception {
        awaited(
                "the callback is settled as " + verdict,
                () -> shop.verdict(event).filter(verdict::equals).isPresent());
    }

    private static void awaited(String what, Callable<Boolean> condition) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(giveUp);
        }
    }

    private static String newEvent() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
