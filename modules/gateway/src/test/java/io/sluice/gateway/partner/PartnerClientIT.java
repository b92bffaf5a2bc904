package io.sluice.gateway.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        HttpServer server = vertx.createHttpServer()
                .requestHandler(partner)
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        URI base = URI.create("http://127.0.0.1:" + server.actualPort());
        PartnerSettings settings =
                new PartnerSettings("partner", base, Optional.empty(), "key", Duration.ofMillis(300), inFlight, 10);
        return new PartnerClient(vertx, settings, Dialect.plain(Set.of()), new SimpleMeterRegistry());
    }
}
