package io.sluice.app.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sluice.testkit.Trust;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody who calls the API, and trusts one authority if any. */
final class Caller implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final HttpClient client;
    private final URI shop;
    private String token = "";

    Caller(URI shop, Optional<String> authority) {
        HttpClient.Builder builder = HttpClient.newBuilder();
        authority.ifPresent(pem -> builder.sslContext(Trust.only(pem)));
        this.client = builder.build();
        this.shop = shop;
    }

    void signIn(JsonObject account) throws Exception {
        HttpResponse<String> answer = post("/v1/sessions", null, account);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        token = new JsonObject(answer.body()).getString("access_token");
    }

    /** Orders two pieces for somebody of this name; the order's id. */
    String order(String sku, String name) throws Exception {
        JsonObject order = new JsonObject()
                .put("currency", "EUR")
                .put(
                        "lines",
                        new JsonArray().add(new JsonObject().put("sku", sku).put("quantity", 2)))
                .put(
                        "delivery",
                        new JsonObject()
                                .put("name", name)
                                .put("line1", "Skogsgatan 4")
                                .put("city", "Uppsala")
                                .put("postcode", "753 10")
                                .put("country", "SE"))
                .put("payment", new JsonObject().put("method", "pm_card_visa"));
        HttpResponse<String> answer = post("/v1/orders", "order-of-" + sku, order);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("id");
    }

    /** Waits until partners have carried the order out, and have said so by their callbacks. */
    void awaitEnd(String order) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < giveUp) {
            last = get("/v1/orders/" + order).body();
            if (new JsonObject(last).getString("state").equals("CLOSED")) {
                return;
            }
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS))
                    .join();
        }
        fail("the order did not come to its end: " + last);
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(authorised(path).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, @Nullable String key, JsonObject body) throws Exception {
        HttpRequest.Builder request = authorised(path).header("Content-Type", "application/json");
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return client.send(request.POST(BodyPublishers.ofString(body.encode())).build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder authorised(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(shop.resolve(path)).timeout(PATIENCE);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
