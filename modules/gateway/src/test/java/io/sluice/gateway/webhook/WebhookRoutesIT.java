package io.sluice.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.adyen.util.HMACValidator;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.api.Callbacks.Callback;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.webhook.adyen.AdyenWebhooks;
import io.sluice.gateway.webhook.standard.StandardKey;
import io.sluice.gateway.webhook.standard.StandardWebhooks;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Clause;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Unavailable;
import io.sluice.testkit.LawfulBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookRoutesIT {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ADYENS = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
    private static final String PAYMENTS = "/v1/webhooks/payments/sandbox";
    private static final String CARRIERS = "/v1/webhooks/carriers/sandbox";
    private static final String CAPTURE =
            "{\"type\":\"capture.succeeded\",\"data\":{\"id\":\"cp_1\",\"amount\":1999,\"holder\":\"Ada\"}}";

    private static final int MOST_IN_HAND = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final List<Callback> inbox = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private volatile Supplier<Future<Outcome<Parcel>>> inboxSays =
            () -> Future.succeededFuture(Outcome.done(Parcel.plain()));
    private WebClient client;
    private int port;

    @BeforeEach
    void open() throws Exception {
        LawfulBus lawful =
                LawfulBus.on(vertx, Catalogue.of(CommerceFields.ALL), List.of(Callbacks.PAYMENT, Callbacks.SHIPMENT));
        await(lawful.bus().serve(Callbacks.PAYMENT, asked -> takeIn(asked.view())));
        await(lawful.bus().serve(Callbacks.SHIPMENT, asked -> takeIn(asked.view())));
        Router router = Router.router(vertx);
        new WebhookRoutes(
                        lawful.bus(),
                        new SimpleMeterRegistry(),
                        new WebhookSettings(
                                Map.of(
                                        "sandbox",
                                        standard(Channel.PAYMENTS),
                                        "adyen",
                                        new AdyenWebhooks(List.of(WebhookSecret.hexadecimal(ADYENS)))),
                                Map.of("sandbox", standard(Channel.CARRIERS)),
                                64 * 1024,
                                MOST_IN_HAND,
                                PATIENCE),
                        (http, refusal) ->
                                http.response().setStatusCode(refusal.status()).end(refusal.code()))
                .mount(router);
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        port = server.actualPort();
        client = WebClient.create(vertx);
    }

    private static CallbackProtocol standard(Channel channel) {
        return new StandardWebhooks(
                channel,
                List.of(StandardKey.of(SECRET)),
                new Freshness(Duration.ofSeconds(300), InstantSource.system()));
    }

    private Future<Outcome<Parcel>> takeIn(Callback callback) {
        inbox.add(callback);
        return inboxSays.get();
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(10, TimeUnit.SECONDS);
    }

    /** Sent, and not waited for. */
    private Future<HttpResponse<Buffer>> underWay(String id) {
        long now = Instant.now().getEpochSecond();
        return client.post(port, "127.0.0.1", PAYMENTS)
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(now))
                .putHeader("webhook-signature", sign(id, now))
                .sendBuffer(Buffer.buffer(CAPTURE));
    }

    private static String sign(String id, long time) {
        try {
            return new Webhook(SECRET).sign(id, time, CAPTURE);
        } catch (WebhookSigningException | EmptyWebhookSecretException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<Buffer> signed(String path, String id, String body) throws Exception {
        return signed(path, id, body, Instant.now().getEpochSecond());
    }

    private HttpResponse<Buffer> signed(String path, String id, String body, long time) throws Exception {
        return send(path, id, Long.toString(time), new Webhook(SECRET).sign(id, time, body), body);
    }

    private HttpResponse<Buffer> send(String path, String id, String time, String signature, String body)
            throws Exception {
        return await(client.post(port, "127.0.0.1", path)
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", time)
                .putHeader("webhook-signature", signature)
                .sendBuffer(Buffer.buffer(body)));
    }

    @Test
    @Clause("C6")
    void aGenuineCallbackReachesTheInboxCutToItsSlots() throws Exception {
        assertThat(signed(PAYMENTS, "evt_1", CAPTURE).statusCode()).isEqualTo(200);

        assertThat(inbox)
                .containsExactly(new Callback(
                        "sandbox", "evt_1", "capture.succeeded", null, "cp_1", null, 1999L, null, null, null));
    }

    @Test
    void aParcelsCallbackReachesTheOtherInbox() throws Exception {
        String body =
                "{\"type\":\"shipment.delivered\",\"data\":{\"tracking_number\":\"SBX1\",\"status\":\"delivered\"}}";

        assertThat(signed(CARRIERS, "evt_1", body).statusCode()).isEqualTo(200);
        assertThat(inbox.getFirst().trackingNumber()).isEqualTo("SBX1");
    }

    @Test
    void aRepeatedOneIsAnsweredAlikeAndAskedUnderTheSameEventId() throws Exception {
        assertThat(signed(PAYMENTS, "evt_1", CAPTURE).statusCode()).isEqualTo(200);
        assertThat(signed(PAYMENTS, "evt_1", CAPTURE).statusCode()).isEqualTo(200);

        assertThat(inbox).extracting(Callback::eventId).containsExactly("evt_1", "evt_1");
    }

    @Test
    void anUnknownKindIsAcknowledgedAndGoesNowhere() throws Exception {
        assertThat(signed(PAYMENTS, "evt_1", "{\"type\":\"invoice.paid\",\"data\":{\"amount\":\"x\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(signed(PAYMENTS, "evt_2", "{\"type\":\"shipment.delivered\",\"data\":{}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(inbox).isEmpty();
    }

    @Test
    void whatIsNotGenuineIsRefusedAndGoesNowhere() throws Exception {
        long now = Instant.now().getEpochSecond();
        String signature = new Webhook(SECRET).sign("evt_1", now, CAPTURE);

        assertThat(send(PAYMENTS, "evt_1", "" + now, signature, CAPTURE + " ").statusCode())
                .isEqualTo(401);
        assertThat(send(PAYMENTS, "evt_1", "yesterday", signature, CAPTURE).statusCode())
                .isEqualTo(400);
        assertThat(signed(PAYMENTS, "evt_1", CAPTURE, now - 3600).bodyAsString())
                .isEqualTo("webhook.stale");
        assertThat(signed(PAYMENTS, "evt_1", CAPTURE, now + 3600).bodyAsString())
                .isEqualTo("webhook.from-the-future");
        assertThat(signed(PAYMENTS, "evt_1", "{").statusCode()).isEqualTo(400);
        assertThat(await(client.post(port, "127.0.0.1", PAYMENTS).sendBuffer(Buffer.buffer(CAPTURE)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(await(client.post(port, "127.0.0.1", PAYMENTS).send()).statusCode())
                .isEqualTo(401);
        assertThat(inbox).isEmpty();
    }

    @Test
    void aPartnerWithoutASecretHasNoEndpoint() throws Exception {
        assertThat(signed("/v1/webhooks/payments/stripe", "evt_1", CAPTURE).statusCode())
                .isEqualTo(404);
        assertThat(inbox).isEmpty();
    }

    @Test
    void aCallbackMayHave64KibibytesAndNoMore() throws Exception {
        String filler = "{\"type\":\"capture.succeeded\",\"x\":\"%s\"}";
        int overhead = filler.length() - 2;

        assertThat(signed(PAYMENTS, "evt_1", filler.formatted("x".repeat(64 * 1024 - overhead)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(signed(PAYMENTS, "evt_2", filler.formatted("x".repeat(64 * 1024 - overhead + 1)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(inbox).hasSize(1);
    }

    @Test
    void everyEventOfABatchReachesTheInboxAndIsAnsweredAsItsPartnerExpects() throws Exception {
        HttpResponse<Buffer> answer = batch("psp1", "psp2");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.bodyAsString()).isEqualTo("[accepted]");
        assertThat(inbox)
                .extracting(Callback::eventId)
                .containsExactlyInAnyOrder("psp1.CAPTURE.true", "psp2.CAPTURE.true");
    }

    @Test
    void aBatchOfWhichOneEventIsNotTakenIsSentAgain() throws Exception {
        inboxSays = () -> inbox.size() > 1
                ? Future.failedFuture(new Unavailable("database"))
                : Future.succeededFuture(Outcome.done(Parcel.plain()));

        assertThat(batch("psp1", "psp2").statusCode()).isEqualTo(503);
    }

    private HttpResponse<Buffer> batch(String... references) throws Exception {
        JsonArray items = new JsonArray();
        for (String reference : references) {
            String signature = new HMACValidator().calculateHMAC(reference + "::Shop:x:1999:EUR:CAPTURE:true", ADYENS);
            items.add(new JsonObject()
                    .put(
                            "NotificationRequestItem",
                            new JsonObject()
                                    .put("pspReference", reference)
                                    .put("merchantAccountCode", "Shop")
                                    .put("merchantReference", "x")
                                    .put(
                                            "amount",
                                            new JsonObject().put("value", 1999).put("currency", "EUR"))
                                    .put("eventCode", "CAPTURE")
                                    .put("success", "true")
                                    .put("additionalData", new JsonObject().put("hmacSignature", signature))));
        }
        return await(client.post(port, "127.0.0.1", "/v1/webhooks/payments/adyen")
                .sendBuffer(new JsonObject().put("notificationItems", items).toBuffer()));
    }

    @Test
    void anInboxThatCannotTakeItHasTheCallbackSentAgain() throws Exception {
        inboxSays = () -> Future.failedFuture(new Unavailable("database"));
        HttpResponse<Buffer> away = signed(PAYMENTS, "evt_1", CAPTURE);
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.getHeader("Retry-After")).isEqualTo("1");

        inboxSays = () -> Future.succeededFuture(Outcome.refused(PrivacyRefusal.OVERLOADED));
        assertThat(signed(PAYMENTS, "evt_1", CAPTURE).statusCode()).isEqualTo(503);

        inboxSays = () -> Promise.<Outcome<Parcel>>promise().future();
        assertThat(signed(PAYMENTS, "evt_1", CAPTURE).statusCode()).isEqualTo(503);
    }

    @Test
    void whatAPartnerSendsBeyondItsPlacesWaitsOutsideAndTakesNobodyAlong() throws Exception {
        Promise<Outcome<Parcel>> taken = Promise.promise();
        CountDownLatch arrived = new CountDownLatch(MOST_IN_HAND);
        inboxSays = () -> {
            arrived.countDown();
            return taken.future();
        };
        List<Future<HttpResponse<Buffer>>> waiting = IntStream.range(0, MOST_IN_HAND)
                .mapToObj(i -> underWay("evt_" + i))
                .toList();
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

        HttpResponse<Buffer> surplus = signed(PAYMENTS, "evt_surplus", CAPTURE);
        inboxSays = () -> Future.succeededFuture(Outcome.done(Parcel.plain()));

        assertThat(surplus.statusCode()).isEqualTo(429);
        assertThat(surplus.getHeader("Retry-After")).isEqualTo("1");
        assertThat(batch("psp1").statusCode()).as("another partner's").isEqualTo(200);
        taken.complete(Outcome.done(Parcel.plain()));
        for (Future<HttpResponse<Buffer>> one : waiting) {
            assertThat(await(one).statusCode()).isEqualTo(200);
        }
        assertThat(signed(PAYMENTS, "evt_surplus", CAPTURE).statusCode())
                .as("sent again when there is room")
                .isEqualTo(200);
    }

    @Test
    void forgedCallbacksTakeNoPlaceFromTheirVictim() throws Exception {
        Promise<Outcome<Parcel>> taken = Promise.promise();
        CountDownLatch arrived = new CountDownLatch(MOST_IN_HAND - 1);
        inboxSays = () -> {
            arrived.countDown();
            return taken.future();
        };
        List<Future<HttpResponse<Buffer>>> waiting = IntStream.range(0, MOST_IN_HAND - 1)
                .mapToObj(i -> underWay("evt_" + i))
                .toList();
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        long now = Instant.now().getEpochSecond();
        for (int i = 0; i < 2 * MOST_IN_HAND; i++) {
            assertThat(send(PAYMENTS, "evt_forged", "" + now, sign("evt_another", now), CAPTURE)
                            .statusCode())
                    .isEqualTo(401);
        }

        inboxSays = () -> Future.succeededFuture(Outcome.done(Parcel.plain()));
        assertThat(signed(PAYMENTS, "evt_genuine", CAPTURE).statusCode()).isEqualTo(200);

        taken.complete(Outcome.done(Parcel.plain()));
        for (Future<HttpResponse<Buffer>> one : waiting) {
            assertThat(await(one).statusCode()).isEqualTo(200);
        }
    }
}
