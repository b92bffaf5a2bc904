package io.sluice.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.commerce.Commerce;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.MerchantCalls;
import io.sluice.commerce.api.OrderHappening;
import io.sluice.commerce.api.Subscription;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.sluice.testkit.LawfulBus;
import io.sluice.vault.KeyedHash;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A notice on its way out: what it says, how it is signed, where it goes, and what is made of the answer. */
final class MerchantVerticleIT {

    private static final UUID ORDER = new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L);
    private static final Duration OVERLAP = Duration.ofHours(1);

    private record Heard(Map<String, List<String>> headers, String host, String body) {}

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final AtomicReference<Handler<HttpServerRequest>> answers =
            new AtomicReference<>(request -> end(request, 204));
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.now());
    private final SubscriptionSecrets secrets = new SubscriptionSecrets(new KeyedHash(new byte[32]), OVERLAP);
    private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
    private LawfulBus bus;
    private HttpServer receiver;

    @BeforeEach
    void open() throws Exception {
        bus = LawfulBus.on(vertx, Catalogue.of(CommerceFields.ALL), Commerce.ADDRESSES);
        receiver = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    heard.add(new Heard(headers(request), String.valueOf(request.authority()), body.toString()));
                    answers.get().handle(request);
                }))
                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void aNoticeSaysWhatItIsAboutAndIsSignedAsTheVendorsLibraryVerifies() throws Exception {
        deploy(true);
        Subscription to = to(url("/hooks?shop=1"), 1);

        assertThat(ask(to)).isEqualTo(new MerchantCalls.Answer("delivered", null));

        Heard call = next();
        assertThat(new JsonObject(call.body()))
                .isEqualTo(new JsonObject()
                        .put("type", "OrderConfirmed")
                        .put("timestamp", "2026-11-23T12:00:00Z")
                        .put(
                                "data",
                                new JsonObject()
                                        .put("order_id", ORDER.toString())
                                        .put("sequence", 3)
                                        .put("state", "CONFIRMED")
                                        .put(
                                                "total",
                                                new JsonObject()
                                                        .put("amount", 1999)
                                                        .put("currency", "EUR"))));
        assertThat(call.headers().get("webhook-id")).containsExactly(ORDER + "_3");
        new Webhook(secrets.shown(to)).verify(call.body(), call.headers());
        assertThatThrownBy(() -> new Webhook(secrets.shown(to)).verify(call.body() + " ", call.headers()))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(secrets.shown(to(url("/"), 1))).verify(call.body(), call.headers()))
                .as("another subscription's secret")
                .isInstanceOf(WebhookVerificationException.class);
        assertThat(bus.leaves()).hasSize(1).allMatch(leaf -> leaf.isDisclosure());
    }

    @Test
    void theSameEventHasTheSameIdAtEachTryAndATimeOfItsOwn() throws Exception {
        deploy(true);
        Subscription to = to(url("/"), 1);
        ask(to);
        clock.updateAndGet(now -> now.plusSeconds(100));
        ask(to);

        Heard first = next();
        Heard second = next();
        assertThat(second.headers().get("webhook-id")).isEqualTo(first.headers().get("webhook-id"));
        assertThat(second.headers().get("webhook-timestamp"))
                .isNotEqualTo(first.headers().get("webhook-timestamp"));
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void whileTheSecretRotatesBothSignAndAfterwardsOnlyTheNewOne() throws Exception {
        deploy(true);
        Subscription before = to(url("/"), 1);
        Subscription after = rotated(before);
        ask(after);
        Heard during = next();
        new Webhook(secrets.shown(before)).verify(during.body(), during.headers());
        new Webhook(secrets.shown(after)).verify(during.body(), during.headers());
        assertThat(secrets.shown(after)).isNotEqualTo(secrets.shown(before)).startsWith("whsec_");

        Subscription longAgo = new Subscription(
                before.id(),
                before.url(),
                List.of(),
                true,
                List.of(0L, clock.get().minus(OVERLAP).toEpochMilli()),
                0,
                0,
                0,
                List.of());
        ask(longAgo);
        Heard later = next();
        new Webhook(secrets.shown(after)).verify(later.body(), later.headers());
        assertThatThrownBy(() -> new Webhook(secrets.shown(before)).verify(later.body(), later.headers()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void eachKindOfAnswerIsTakenForWhatItIs() throws Exception {
        deploy(true);
        Subscription to = to(url("/"), 1);
        Map<Integer, String> meanings = Map.of(
                200,
                "delivered",
                202,
                "delivered",
                301,
                "failed",
                307,
                "failed",
                400,
                "failed",
                404,
                "failed",
                410,
                "gone",
                429,
                "busy",
                500,
                "failed",
                503,
                "busy");
        for (Map.Entry<Integer, String> each : meanings.entrySet()) {
            answers.set(request -> end(request, each.getKey()));
            MerchantCalls.Answer answer = ask(to);
            assertThat(answer.status()).as("status %d", each.getKey()).isEqualTo(each.getValue());
            if (each.getKey() > 299) {
                assertThat(answer.reason()).isEqualTo("status-" + each.getKey());
            }
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        deploy(true);
        answers.set(request -> request.response()
                .setStatusCode(307)
                .putHeader("Location", url("/elsewhere"))
                .end());

        assertThat(ask(to(url("/"), 1))).isEqualTo(new MerchantCalls.Answer("failed", "status-307"));
        next();
        assertThat(heard.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aReceiverThatHangsOrIsNotThereFailsInTime() throws Exception {
        deploy(true);
        answers.set(request -> {});
        assertThat(ask(to(url("/"), 1))).isEqualTo(new MerchantCalls.Answer("failed", "timeout"));

        int port = receiver.actualPort();
        await(receiver.close());
        assertThat(ask(to("http://127.0.0.1:" + port + "/", 1)))
                .isEqualTo(new MerchantCalls.Answer("failed", "connection-refused"));
    }

    @Test
    void aReceiverThatSaysTooMuchHasSaidItsStatusAndIsHungUpOn() throws Exception {
        deploy(true);
        BlockingQueue<Boolean> closed = new LinkedBlockingQueue<>();
        answers.set(request -> {
            request.connection().closeHandler(gone -> closed.add(true));
            request.response().setChunked(true).setStatusCode(200);
            pour(request);
        });

        assertThat(ask(to(url("/"), 1)).status()).isEqualTo("delivered");
        assertThat(closed.poll(10, TimeUnit.SECONDS)).as("hung up on").isTrue();
    }

    @Test
    void outsideDevelopmentNoPrivateAddressIsCalledWhateverItsName() throws Exception {
        deploy(false);
        names.put("hooks.merchant.example", List.of(InetAddress.getByName("127.0.0.1")));
        names.put(
                "both.merchant.example",
                List.of(InetAddress.getByName("93.184.216.34"), InetAddress.getByName("10.0.0.1")));

        int port = receiver.actualPort();
        for (String url : List.of(
                "https://hooks.merchant.example:" + port + "/",
                "https://both.merchant.example:" + port + "/",
                "https://127.0.0.1:" + port + "/",
                "http://hooks.merchant.example:" + port + "/")) {
            assertThat(ask(to(url, 1))).as(url).isEqualTo(new MerchantCalls.Answer("failed", "address-not-allowed"));
        }
        assertThat(ask(to("https://nobody.merchant.example/", 1)))
                .isEqualTo(new MerchantCalls.Answer("failed", "name-not-resolved"));
        assertThat(heard).isEmpty();
    }

    @Test
    void theConnectionGoesToTheAddressThatWasLookedAtAndTheNameIsStillTold() throws Exception {
        deploy(true);
        // a name that no resolver knows: whoever looked it up a second time would get nowhere
        names.put("hooks.merchant.invalid", List.of(InetAddress.getByName("127.0.0.1")));

        assertThat(ask(to("http://hooks.merchant.invalid:" + receiver.actualPort() + "/", 1))
                        .status())
                .isEqualTo("delivered");
        assertThat(next().host()).isEqualTo("hooks.merchant.invalid:" + receiver.actualPort());
    }

    @Test
    void whatIsNoLongerPermittedByTheTimeOfTheConnectionStaysHereAndIsNoTry() throws Exception {
        Receivers receivers = new Receivers(vertx, new BlockingNames(vertx, InetAddress::getAllByName), settings(true));
        Delivery<String> lapsed =
                new Delivery<>("", Parties.of(new SubjectId(new UUID(0, 1)), ORDER), List.of(), () -> false);

        assertThatThrownBy(() -> await(receivers.post(
                        lapsed, ReceiverUrl.of(url("/"), true), new SignedNotice(Map.of(), Buffer.buffer("{}")))))
                .isInstanceOf(Unavailable.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void aSlowNameTakesOneThreadAndWhoFindsNoneFreeIsPutOff() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        BlockingQueue<String> lookedUp = new LinkedBlockingQueue<>();
        BlockingNames slow = new BlockingNames(vertx, host -> {
            lookedUp.add(host);
            try {
                end.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        });
        deploy(true, slow);
        try {
            Subscription first = to("http://slow0.merchant.example/", 1);
            assertThat(ask(first)).isEqualTo(new MerchantCalls.Answer("failed", "name-not-resolved"));
            assertThat(ask(first)).isEqualTo(new MerchantCalls.Answer("failed", "name-not-resolved"));
            assertThat(lookedUp).as("once").containsExactly("slow0.merchant.example");

            for (int i = 1; i < BlockingNames.MOST; i++) {
                assertThat(slow.addresses("slow" + i + ".merchant.example").isComplete())
                        .isFalse();
            }
            assertThatThrownBy(() -> ask(to("http://hooks.merchant.example/", 1)))
                    .isInstanceOf(Unavailable.class);
            assertThat(ask(to(url("/"), 1)).status())
                    .as("an address needs no look-up")
                    .isEqualTo("delivered");
        } finally {
            end.countDown();
        }
    }

    @Test
    void aReceiverThatDoesNotSpeakTlsIsSaidToFailAtIt() throws Exception {
        deploy(true);

        assertThat(ask(to("https://127.0.0.1:" + receiver.actualPort() + "/", 1)))
                .isEqualTo(new MerchantCalls.Answer("failed", "tls-failed"));
        assertThat(heard).isEmpty();
    }

    private void pour(HttpServerRequest request) {
        if (!request.response().closed()) {
            request.response()
                    .write(Buffer.buffer(new byte[64 * 1024]))
                    .onSuccess(written -> pour(request))
                    .onFailure(gone -> {});
        }
    }

    private static void end(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end().onFailure(gone -> {});
    }

    private static Map<String, List<String>> headers(HttpServerRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        request.headers().forEach(each -> headers.put(each.getKey(), List.of(each.getValue())));
        return headers;
    }

    private String url(String target) {
        return "http://127.0.0.1:" + receiver.actualPort() + target;
    }

    private Subscription to(String url, int secretsMade) {
        return new Subscription(
                UUID.randomUUID(),
                url,
                List.of(),
                true,
                Collections.nCopies(secretsMade, clock.get().toEpochMilli()),
                0,
                0,
                0,
                List.of());
    }

    private Subscription rotated(Subscription one) {
        return new Subscription(
                one.id(),
                one.url(),
                List.of(),
                true,
                List.of(one.secretsMadeAt().getFirst(), clock.get().toEpochMilli()),
                0,
                0,
                0,
                List.of());
    }

    private void deploy(boolean isPrivateAllowed) throws Exception {
        HostNames resolver = host -> {
            List<InetAddress> found = names.get(host);
            if (found != null) {
                return Future.succeededFuture(found);
            }
            return Future.failedFuture(new UnknownHostException(host));
        };
        deploy(isPrivateAllowed, resolver);
    }

    private void deploy(boolean isPrivateAllowed, HostNames resolver) throws Exception {
        InstantSource now = clock::get;
        assertThat(await(vertx.deployVerticle(new MerchantVerticle(
                        bus.bus(),
                        settings(isPrivateAllowed),
                        secrets,
                        own -> resolver,
                        now,
                        new SimpleMeterRegistry()))))
                .isNotEmpty();
    }

    private static ReceiverSettings settings(boolean isPrivateAllowed) {
        return new ReceiverSettings(isPrivateAllowed, Optional.empty(), Duration.ofMillis(1500), 4);
    }

    @CanIgnoreReturnValue
    private MerchantCalls.Answer ask(Subscription to) throws Exception {
        OrderHappening event = new OrderHappening(
                3,
                "OrderConfirmed",
                "CONFIRMED",
                Instant.parse("2026-11-23T12:00:00Z").toEpochMilli());
        Parcel parcel = Parcel.about(Parties.of(new SubjectId(new UUID(0, 1)), ORDER))
                .with(CommerceFields.SUBSCRIPTIONS, List.of(to))
                .with(CommerceFields.ORDER_ID, ORDER)
                .with(CommerceFields.HAPPENINGS, List.of(event))
                .with(CommerceFields.AMOUNT, 1999L)
                .with(CommerceFields.CURRENCY, "EUR")
                .with(CommerceFields.TRACKING_NUMBER, "beyond the contract");
        Outcome<MerchantCalls.Answer> answer = await(bus.bus().ask(MerchantCalls.NOTIFY, parcel));
        assertThat(answer).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<MerchantCalls.Answer>) answer).value();
    }

    @CanIgnoreReturnValue
    private Heard next() throws InterruptedException {
        @Nullable Heard call = heard.poll(10, TimeUnit.SECONDS);
        assertThat(call).as("a call").isNotNull();
        return Objects.requireNonNull(call);
    }

    @CanIgnoreReturnValue
    private static <T> T await(Future<T> future) throws Exception {
        return future.await(30, TimeUnit.SECONDS);
    }
}
