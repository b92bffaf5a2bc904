package io.sluice.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.guard.Minimisation;
import io.sluice.guard.Minimisation.Way;
import io.sluice.kernel.Field;
import io.sluice.kernel.Level;
import io.sluice.kernel.Owner;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The second door, over HTTP. */
class ManagementVerticleIT {

    private final Vertx vertx = Vertx.vertx();
    private Optional<Minimisation.Report> report = Optional.empty();

    @AfterEach
    void close() throws TimeoutException {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void aNodeWhoseChecksHoldIsReady() throws Exception {
        int port = deploy(new HealthCheck("database", Future::succeededFuture));

        HttpResponse<String> ready = get(port, "/health/ready");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"status\":\"up\",\"checks\":{\"database\":\"up\"}}");
    }

    @Test
    void oneCheckThatDoesNotHoldIsEnoughNotToBeReadyButAlive() throws Exception {
        int port = deploy(
                new HealthCheck("database", () -> Future.failedFuture("password for user shop is wrong")),
                new HealthCheck("started", Future::succeededFuture));

        assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
        assertThat(get(port, "/health/ready").body())
                .contains("\"database\":\"down\"", "\"started\":\"up\"")
                .as("a check's own words are for the log")
                .doesNotContain("password");
        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aCheckThatThrowsDoesNotHold() throws Exception {
        int port = deploy(new HealthCheck("broken", () -> {
            throw new IllegalStateException("broken");
        }));

        assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void aCheckThatNeverAnswersDoesNotHold() throws Exception {
        Promise<Void> never = Promise.promise();
        int port = deploy(new HealthCheck("silent", never::future));

        assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void metricsAreServedAsText() throws Exception {
        HttpResponse<String> metrics = get(deploy(), "/metrics");

        assertThat(metrics.body()).isEqualTo("up 1\n");
        assertThat(metrics.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }

    @Test
    void whatIsGrantedAndNotReadIsServedByContractAndField() throws Exception {
        Field<String> name = Field.personal(1, "delivery.name", Level.P2, Owner.ADDRESSEE);
        Field<String> phone = Field.personal(2, "delivery.phone", Level.P2, Owner.ADDRESSEE);
        report = Optional.of(new Minimisation.Report(
                "2026-11-draft",
                Instant.parse("2026-11-24T00:00:00Z"),
                List.of(
                        new Minimisation.Grant("carrier.dispatch", false, name, Way.OPENS, 3, 3, 3, 3),
                        new Minimisation.Grant("carrier.dispatch", false, phone, Way.OPENS, 3, 2, 2, 0))));

        HttpResponse<String> page = get(deploy(), "/minimisation");

        assertThat(page.statusCode()).isEqualTo(200);
        JsonObject body = new JsonObject(page.body());
        assertThat(body.getString("policy_version")).isEqualTo("2026-11-draft");
        assertThat(body.getString("since")).isEqualTo("2026-11-24T00:00:00Z");
        assertThat(body.getJsonArray("grants")).hasSize(2);
        assertThat(body.getJsonArray("unused_grants"))
                .containsExactly(new JsonObject()
                        .put("contract", "carrier.dispatch")
                        .put("direction", "request")
                        .put("field", "delivery.phone")
                        .put("granted", "opens")
                        .put("deliveries", 3)
                        .put("present", 2)
                        .put("delivered", 2)
                        .put("read", 0));
    }

    @Test
    void aNodeThatIsStillStartingSaysNothingAboutGrants() throws Exception {
        assertThat(get(deploy(), "/minimisation").statusCode()).isEqualTo(503);
    }

    @Test
    void nothingElseIsHere() throws Exception {
        assertThat(get(deploy(), "/v1/orders").statusCode()).isEqualTo(404);
    }

    private int deploy(HealthCheck... checks) throws TimeoutException {
        ManagementVerticle verticle =
                new ManagementVerticle("127.0.0.1", 0, Optional.empty(), List.of(checks), () -> "up 1\n", () -> report);
        assertThat(vertx.deployVerticle(verticle).await(20, TimeUnit.SECONDS)).isNotBlank();
        return verticle.port();
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
