package io.sluice.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Clause;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain port, behind a proxy that ends TLS and on loopback. */
class HttpsOnlyIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Clause("B2")
    void browsersAreHeldToHttpsBehindAProxyAlone(boolean behindProxy) throws Exception {
        HttpResponse<String> answer = get(behindProxy);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                .isEqualTo(behindProxy ? Optional.of("max-age=31536000") : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nobodyBehindAProxyTalksItIntoAnotherProtocol(boolean behindProxy) throws Exception {
        assertThat(get(behindProxy).version())
                .as("this client asks for HTTP/2 by an upgrade, as long as it is plain")
                .isEqualTo(behindProxy ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2);
    }

    private HttpResponse<String> get(boolean isHttpsOnly) throws Exception {
        GatewayVerticle gateway = new GatewayVerticle(
                new HttpSettings("127.0.0.1", 0, Optional.empty(), isHttpsOnly, 1024, 10, Duration.ofSeconds(30)),
                List.of(),
                RoutingContext::next,
                List.of(),
                new SimpleMeterRegistry());
        assertThat(vertx.deployVerticle(gateway).await(20, TimeUnit.SECONDS)).isNotNull();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI nowhere = URI.create("http://127.0.0.1:" + gateway.port() + "/nowhere");
            return client.send(HttpRequest.newBuilder(nowhere).build(), BodyHandlers.ofString());
        }
    }
}
