package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that was told how often it may be called. Buckets fill by one a second, and each test empties one by asking on. */
class RequestLimitIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BURST = 10;
    private static final int ENOUGH = 1_000;

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static Contract contract;
    private static String ada;
    private static String bo;
    private static String operator;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(
                dataDir,
                Map.of(
                        "limits.principal.rate",
                        "1",
                        "limits.principal.burst",
                        Integer.toString(BURST),
                        "limits.address.rate",
                        "1",
                        "limits.address.burst",
                        Integer.toString(BURST)));
        contract = new Contract(
                new JsonObject(shop.send(shop.request("/openapi.json").GET()).body()));
        ada = shop.token("customer1");
        bo = shop.token("customer2");
        operator = shop.token("operator");
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    void theBurstPassesThenTheAnswerSaysWhenToComeAgainAndThenItPasses() throws Exception {
        int passed = 0;
        Exchange last = call(ada);
        for (int i = 0; last.status() == 200 && i < ENOUGH; i++) {
            passed++;
            last = call(ada);
        }

        assertThat(passed).isGreaterThanOrEqualTo(BURST);
        assertThat(last.status()).isEqualTo(429);
        assertThat(contract.faults(last)).as("held against the contract").isEmpty();
        assertThat(last.answered().firstValue("Retry-After")).contains("1");
        assertThat(new JsonObject(last.body()).getString("type")).isEqualTo("/problems/request.too-many");
        assertThat(call(bo).status()).as("another person, at the same address").isEqualTo(200);
        assertThat(measured("principal")).isGreaterThanOrEqualTo(1);

        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (call(ada).status() == 429) {
            assertThat(System.nanoTime()).as("in time").isLessThan(giveUp);
        }
    }

    @Test
    void whoIsNobodyIsLimitedByAddressAndNobodyElseIs() throws Exception {
        HttpResponse<String> last = shop.send(shop.request("/v1/policy").GET());
        for (int i = 0; last.statusCode() == 200 && i < ENOUGH; i++) {
            last = shop.send(shop.request("/v1/policy").GET());
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(shop.get(operator, "/v1/policy").statusCode())
                .as("somebody at that address")
                .isEqualTo(200);
        assertThat(callBack().statusCode()).as("a partner at that address").isEqualTo(200);
        assertThat(measured("address")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void healthAndMetricsAreAskedForAsOftenAsAnybodyLikes() throws Exception {
        for (int i = 0; i < 10 * BURST; i++) {
            assertThat(shop.metrics()).contains("sluice_http_limited_total{by=\"address\"}");
        }
    }

    private static Exchange call(String token) throws Exception {
        return new Recording(shop).call("GET", "/v1/me/consents", "Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> callBack() throws Exception {
        String secret = Files.readString(dataDir.resolve("secrets/payments.sandbox.webhook_secret"))
                .strip();
        long now = Instant.now().getEpochSecond();
        String body = "{\"type\":\"invoice.paid\",\"data\":{}}";
        return shop.send(shop.request("/v1/webhooks/payments/sandbox")
                .header("Content-Type", "application/json")
                .header("webhook-id", "evt_1")
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", new Webhook(secret).sign("evt_1", now, body))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static double measured(String by) throws Exception {
        return shop.metrics()
                .lines()
                .filter(line -> line.startsWith("sluice_http_limited_total{by=\"" + by + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
