package io.sluice.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The second door, over HTTP. */
class ManagementVerticleIT {

    private final Vertx vertx = Vertx.vertx();

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
    void nothingElseIsHere() throws Exception {
        assertThat(get(deploy(), "/v1/orders").statusCode()).isEqualTo(404);
    }

    private int deploy(HealthCheck... checks) throws TimeoutException {
        ManagementVerticle verticle =
                new ManagementVerticle("127.0.0.1", 0, Optional.empty(), List.of(checks), () -> "up 1\n");
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
