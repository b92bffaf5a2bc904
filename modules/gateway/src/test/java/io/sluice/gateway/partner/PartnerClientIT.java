package io.sluice.gateway.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.gateway.partner.PartnerClient.Said;
import io.sluice.guard.Delivery;
import io.sluice.guard.Parties;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a partner can keep us waiting. */
class PartnerClientIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws TimeoutException {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void anAnswerThatTricklesForEverIsSilenceAfterTheTimeOut() throws TimeoutException {
        PartnerClient client = client(request -> trickle(request.response()), 64);

        assertThatThrownBy(() -> lookUp(client).await(10, TimeUnit.SECONDS))
                .isInstanceOf(PartnerSilent.class)
                .hasMessage("partner: timeout");
    }

    @Test
    void waitingForAConnectionCountsToo() throws TimeoutException {
        PartnerClient client = client(request -> trickle(request.response()), 1);
        Future<Said> first = lookUp(client);
        Future<Said> second = lookUp(client);

        for (Future<Said> call : List.of(first, second)) {
            assertThatThrownBy(() -> call.await(10, TimeUnit.SECONDS)).isInstanceOf(PartnerSilent.class);
        }
    }

    @Test
    void aPromptAnswerIsAnAnswer() throws TimeoutException {
        PartnerClient client = client(
                request -> assertThat(request.response().end("{\"status\": \"accepted\"}"))
                        .isNotNull(),
                64);

        assertThat(lookUp(client).await(10, TimeUnit.SECONDS))
                .isEqualTo(new Said.Yes(new JsonObject().put("status", "accepted")));
    }

    @Test
    @Clause("D5")
    void whatIsNoLongerPermittedWhenItsConnectionIsThereIsNotSent() throws TimeoutException {
        AtomicInteger heard = new AtomicInteger();
        PartnerClient client = client(
                request -> {
                    heard.incrementAndGet();
                    assertThat(request.response().end("{}")).isNotNull();
                },
                64);

        assertThatThrownBy(() -> client.post(delivery(false), "/v1/things", "key", new JsonObject())
                        .await(10, TimeUnit.SECONDS))
                .isInstanceOf(Unavailable.class)
                .isNotInstanceOf(PartnerSilent.class);
        assertThat(client.post(delivery(true), "/v1/things", "key", new JsonObject())
                        .await(10, TimeUnit.SECONDS))
                .isEqualTo(new Said.Yes(new JsonObject()));
        assertThat(heard).hasValue(1);
    }

    @Test
    void aPartnerWhoAnswersNobodyIsLeftAloneForAWhileAndThenAskedAgain() throws TimeoutException {
        AtomicInteger heard = new AtomicInteger();
        AtomicBoolean isDown = new AtomicBoolean(true);
        PartnerClient client = client(
                request -> {
                    heard.incrementAndGet();
                    assertThat(request.response()
                                    .setStatusCode(isDown.get() ? 500 : 200)
                                    .end("{}"))
                            .isNotNull();
                },
                64,
                Duration.ofSeconds(10),
                impatient());
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> lookUp(client).await(10, TimeUnit.SECONDS)).isInstanceOf(PartnerSilent.class);
        }
        assertThatThrownBy(() -> lookUp(client).await(10, TimeUnit.SECONDS))
                .as("nothing was sent, so nothing is in doubt")
                .isInstanceOf(Unavailable.class);
        assertThat(heard).hasValue(4);

        isDown.set(false);
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Future<Said> again = Future.succeededFuture(new Said.No(0, "left-alone", new JsonObject()));
        while (!(again.await(10, TimeUnit.SECONDS) instanceof Said.Yes)) {
            assertThat(System.nanoTime()).as("in time").isLessThan(giveUp);
            again = lookUp(client).otherwise(new Said.No(0, "left-alone", new JsonObject()));
        }
        assertThat(heard.get()).isGreaterThan(4);
    }

    @Test
    void aPartnerWhoAnswersMostCallsIsNotLeftAlone() throws TimeoutException {
        AtomicInteger heard = new AtomicInteger();
        PartnerClient client = client(
                request -> assertThat(request.response()
                                .setStatusCode(heard.incrementAndGet() % 3 == 0 ? 500 : 200)
                                .end("{}"))
                        .isNotNull(),
                64,
                Duration.ofSeconds(10),
                impatient());
        for (int i = 1; i <= 12; i++) {
            Future<Said> call = lookUp(client);
            boolean isSilent = i % 3 == 0;
            if (isSilent) {
                assertThatThrownBy(() -> call.await(10, TimeUnit.SECONDS)).isInstanceOf(PartnerSilent.class);
            } else {
                assertThat(call.await(10, TimeUnit.SECONDS)).isInstanceOf(Said.Yes.class);
            }
        }
        assertThat(heard).hasValue(12);
    }

    /** Four calls show whether half are answered. */
    private static CircuitBreakerConfig impatient() {
        return CircuitBreakerConfig.custom()
                .slidingWindow(12, 4, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofMillis(200))
                .permittedNumberOfCallsInHalfOpenState(1)
                .build();
    }

    private static Delivery<String> delivery(boolean isPermitted) {
        return new Delivery<>("view", Parties.NOBODY, List.of(), () -> isPermitted);
    }

    private void trickle(HttpServerResponse response) {
        response.setChunked(true);
        vertx.setPeriodic(20, tick -> response.write(" ").onFailure(gone -> vertx.cancelTimer(tick)));
    }

    private static Future<Said> lookUp(PartnerClient client) {
        return client.lookUp(delivery(true), "/v1/things", "key");
    }

    private PartnerClient client(Handler<HttpServerRequest> partner, int inFlight) throws TimeoutException {
        return client(partner, inFlight, Duration.ofMillis(300), CircuitBreakerConfig.ofDefaults());
    }

    private PartnerClient client(
            Handler<HttpServerRequest> partner, int inFlight, Duration timeout, CircuitBreakerConfig patience)
            throws TimeoutException {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(partner)
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        URI base = URI.create("http://127.0.0.1:" + server.actualPort());
        PartnerSettings settings = new PartnerSettings("partner", base, Optional.empty(), "key", timeout, inFlight, 10);
        return new PartnerClient(vertx, settings, Dialect.plain(Set.of()), new SimpleMeterRegistry(), patience);
    }
}
