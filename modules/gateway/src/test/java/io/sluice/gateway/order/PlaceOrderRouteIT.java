package io.sluice.gateway.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.commerce.api.Checkout;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Orders;
import io.sluice.commerce.api.Quote;
import io.sluice.gateway.account.Doorway;
import io.sluice.gateway.http.GatewayVerticle;
import io.sluice.gateway.http.HttpSettings;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Ids;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.sluice.testkit.LawfulBus;
import io.sluice.vault.KeyedHash;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an order is answered with once it has been accepted, over HTTP, with checkout and the orders' room played here. */
class PlaceOrderRouteIT {

    private final Vertx vertx = Vertx.vertx();
    private final Doorway doorway = Doorway.open(vertx);
    private final SubjectId ada = doorway.person(Role.CUSTOMER);
    private final String token = doorway.token(ada, doorway.session());
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean isRepeat;
    private volatile Supplier<Future<Outcome<Parcel>>> look = () -> found("pending", 1);

    @AfterEach
    void close() throws TimeoutException {
        await(vertx.close());
    }

    @Test
    void whoWaitsIsShownTheOrderOnceItsPaymentIsDecided() throws Exception {
        look = () -> found("authorised", 2);

        HttpResponse<Buffer> answer = place(open(1), "wait=20");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).getString("payment_status")).isEqualTo("authorised");
        assertThat(answer.getHeader("ETag")).isEqualTo("\"2\"");
        assertThat(answer.getHeader("Preference-Applied")).isEqualTo("wait=20");
    }

    @Test
    void whoWaitsInVainIsShownTheOrderAsItStands() throws Exception {
        HttpResponse<Buffer> answer = place(open(1), "wait=1");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).getString("payment_status")).isEqualTo("pending");
        assertThat(answer.getHeader("Preference-Applied")).isEqualTo("wait=1");
    }

    @Test
    void whoDoesNotWaitIsShownTheAcceptance() throws Exception {
        isTheAcceptance(place(open(1), ""));

        assertThat(looks).as("nothing is looked at").hasValue(0);
    }

    @Test
    void anAcceptedOrderIsAnsweredAsSuchThoughTooManyWait() throws Exception {
        isTheAcceptance(place(open(0), "wait=20"));
    }

    static Stream<Named<Supplier<Future<Outcome<Parcel>>>>> blindLooks() {
        return Stream.of(
                Named.of("the database is away", () -> Future.failedFuture(new Unavailable("database"))),
                Named.of("a failure of ours", () -> Future.failedFuture(new IllegalStateException("broken"))),
                Named.of(
                        "the bus is overloaded",
                        () -> Future.succeededFuture(Outcome.refused(PrivacyRefusal.OVERLOADED))),
                Named.of(
                        "the buyer has been erased",
                        () -> Future.succeededFuture(Outcome.refused(PrivacyRefusal.SUBJECT_ERASED))));
    }

    @ParameterizedTest
    @MethodSource("blindLooks")
    void anAcceptedOrderIsAnsweredAsSuchThoughItCannotBeLookedAt(Supplier<Future<Outcome<Parcel>>> blind)
            throws Exception {
        look = blind;

        isTheAcceptance(place(open(1), "wait=1"));

        assertThat(looks).as("it was tried").hasPositiveValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait=20"})
    void aRepeatIsTheAcceptanceWhateverItPrefers(String preference) throws Exception {
        isRepeat = true;
        look = () -> found("authorised", 2);

        HttpResponse<Buffer> answer = place(open(1), preference);

        isTheAcceptance(answer);
        assertThat(answer.getHeader("Idempotent-Replayed")).isEqualTo("true");
        assertThat(looks).hasValue(0);
    }

    private void isTheAcceptance(HttpResponse<Buffer> answer) {
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(201);
        assertThat(json(answer).getString("payment_status")).isEqualTo("none");
        assertThat(answer.getHeader("ETag")).isEqualTo("\"0\"");
        assertThat(answer.getHeader("Location"))
                .isEqualTo("/v1/orders/" + json(answer).getString("id"));
        assertThat(answer.getHeader("Preference-Applied")).isNull();
    }

    private HttpRequest<Buffer> open(int maxWatchers) throws Exception {
        Bus bus = LawfulBus.on(
                        vertx, Catalogue.of(CommerceFields.ALL), List.of(Checkout.ADDRESS, Orders.FIND, Orders.CHANGED))
                .bus();
        await(bus.serve(
                Checkout.ADDRESS,
                asked -> Future.succeededFuture(Outcome.done(
                        parcel(asked.view().orderId(), "none", 0).with(CommerceFields.REPLAYED, isRepeat)))));
        await(bus.serve(Orders.FIND, asked -> {
            looks.incrementAndGet();
            return look.get();
        }));
        OrderWatch watch = new OrderWatch(maxWatchers);
        await(watch.start(bus));
        PlaceOrderRoute route = new PlaceOrderRoute(
                vertx,
                doorway.signedIn(),
                bus,
                country -> "local",
                clearText(),
                doorway,
                new KeyedHash(new byte[32]),
                Ids.secure(InstantSource.system()),
                watch,
                8);
        GatewayVerticle gateway = new GatewayVerticle(
                new HttpSettings("127.0.0.1", 0, Optional.empty(), false, 64 * 1024, 100, Duration.ofSeconds(30)),
                List.of(),
                RoutingContext::next,
                List.of(route),
                new SimpleMeterRegistry());
        await(vertx.deployVerticle(gateway));
        return WebClient.create(vertx).post(gateway.port(), "127.0.0.1", "/v1/orders");
    }

    private HttpResponse<Buffer> place(HttpRequest<Buffer> request, String preference) throws TimeoutException {
        request.bearerTokenAuthentication(token).putHeader("Idempotency-Key", "a-key");
        if (!preference.isEmpty()) {
            request.putHeader("Prefer", preference);
        }
        return await(request.sendJsonObject(new JsonObject()
                .put("currency", "EUR")
                .put(
                        "lines",
                        new JsonArray()
                                .add(new JsonObject().put("sku", "SL-0001").put("quantity", 1)))
                .put(
                        "delivery",
                        new JsonObject()
                                .put("name", "Nora Lind")
                                .put("line1", "Skogsgatan 4")
                                .put("city", "Uppsala")
                                .put("postcode", "753 10")
                                .put("country", "SE"))
                .put("payment", new JsonObject().put("method", "pm_card_visa"))));
    }

    private static JsonObject json(HttpResponse<Buffer> answer) {
        return Objects.requireNonNull(answer.bodyAsJsonObject());
    }

    private static Sealing clearText() {
        Sealing.Seal seal = (record, field, value) -> LawfulBus.sealed(value);
        return new Sealing() {
            @Override
            public Future<Seal> of(String region, SubjectId person) {
                return Future.succeededFuture(seal);
            }

            @Override
            public Future<Seal> ofNewcomer(String region, SubjectId person) {
                return Future.succeededFuture(seal);
            }
        };
    }

    private static Future<Outcome<Parcel>> found(String paymentStatus, long version) {
        return Future.succeededFuture(Outcome.done(parcel(UUID.randomUUID(), paymentStatus, version)));
    }

    private static Parcel parcel(UUID order, String paymentStatus, long version) {
        return Parcel.plain()
                .with(
                        CommerceFields.ORDER,
                        new OrderSummary(
                                order,
                                "PLACED",
                                null,
                                null,
                                version,
                                new Quote(
                                        "EUR",
                                        1999,
                                        List.of(new Quote.Line("SL-0001", 1, 1999, 1999, 19_000, 319)),
                                        0,
                                        319,
                                        true),
                                List.of(),
                                List.of(),
                                List.of(),
                                0,
                                0,
                                0,
                                paymentStatus,
                                "none",
                                null,
                                0));
    }

    @CanIgnoreReturnValue
    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(20, TimeUnit.SECONDS);
    }
}
