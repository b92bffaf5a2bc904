package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever GET is served, HEAD is: the same status and headers, and no body (RFC 9110, 9.3.2). */
class HeadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static String token;
    private static String order;
    private static String tag;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of());
        token = shop.token("customer1");
        // it rests until its buyer has been to the bank, so that its answers stay the same
        HttpResponse<String> resting = shop.send(authorized("/v1/orders")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=20")
                .POST(HttpRequest.BodyPublishers.ofString(Shop.order(shop.freshProduct())
                        .put("payment", new JsonObject().put("method", "pm_card_3ds"))
                        .encode())));
        JsonObject body = new JsonObject(resting.body());
        assertThat(body.getString("payment_status")).as(resting.body()).isEqualTo("requires_action");
        order = "/v1/orders/" + body.getString("id");
        tag = resting.headers().firstValue("ETag").orElseThrow();
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/products?limit=2",
                "/v1/policy",
                "/.well-known/jwks.json",
                "/problems/request.invalid-field",
                "/openapi.json",
                "/docs"
            })
    void whatEverybodyMayReadEverybodyMayAskAbout(String target) throws Exception {
        isAnsweredAsGet(200, shop.request(target));
    }

    @Test
    void whoIsSignedInIsToldAboutTheirOrders() throws Exception {
        isAnsweredAsGet(200, authorized("/v1/orders"));
        isAnsweredAsGet(200, authorized(order));
        isAnsweredAsGet(200, authorized(order + "/events"));
    }

    @Test
    void whoHasTheOrdersVersionIsToldSo() throws Exception {
        isAnsweredAsGet(304, authorized(order).header("If-None-Match", tag));
    }

    @Test
    void whoIsNotSignedInIsToldNothingAboutThem() throws Exception {
        isAnsweredAsGet(401, shop.request("/v1/orders"));
        isAnsweredAsGet(401, shop.request(order));
    }

    @ParameterizedTest
    @CsvSource({"/v1/orders/00000000-0000-7000-8000-000000000000, 404", "/v1/orders?limit=0, 400", "/v1/nothing, 404"})
    void whatGetRefusesIsRefused(String target, int status) throws Exception {
        isAnsweredAsGet(status, authorized(target));
    }

    @Test
    void whatCannotBeReadCannotBeAskedAbout() throws Exception {
        HttpResponse<String> answer = head(shop.request("/v1/sessions/refresh"));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void whoCallsByAnotherMethodIsToldOfBoth() throws Exception {
        HttpResponse<String> answer =
                shop.send(shop.request("/v1/products").method("PURGE", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpClient.Version.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void aStreamIsDescribedAndNotBegun(HttpClient.Version version) throws Exception {
        HttpResponse<String> answer = head(authorized(order + "/events")
                .version(version)
                .header("Accept", "text/event-stream")
                .timeout(PATIENCE));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anothersStreamIsNotDescribed() throws Exception {
        HttpResponse<String> answer = head(shop.request(order + "/events")
                .header("Authorization", "Bearer " + shop.token("customer2"))
                .header("Accept", "text/event-stream"));

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    /** Over both protocols, and with the connection in order for whoever comes next on it. */
    private static void isAnsweredAsGet(int status, HttpRequest.Builder request) throws Exception {
        for (HttpClient.Version version : List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
            HttpResponse<String> asked = head(request.copy().version(version));
            HttpResponse<String> got = shop.send(request.copy().version(version).GET());

            assertThat(asked.statusCode()).isEqualTo(status).isEqualTo(got.statusCode());
            assertThat(asked.headers().map()).isEqualTo(got.headers().map());
            assertThat(asked.body()).isEmpty();
            if (status != 304) {
                assertThat(asked.headers().firstValue("Content-Length"))
                        .as("of the body that GET has")
                        .hasValue(Integer.toString(got.body().getBytes(StandardCharsets.UTF_8).length));
            }
        }
    }

    private static HttpResponse<String> head(HttpRequest.Builder request) throws Exception {
        return shop.send(request.method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpRequest.Builder authorized(String target) {
        return shop.request(target).header("Authorization", "Bearer " + token);
    }
}
