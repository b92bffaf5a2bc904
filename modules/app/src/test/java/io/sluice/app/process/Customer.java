package io.sluice.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A signed-in customer at one node's door. */
final class Customer implements AutoCloseable {

    /** A machine that is busy with others answers so at first; it asks for the same request again. */
    private static final int SIGN_IN_TRIES = 20;

    private final HttpClient client;
    private final URI shop;
    private final String token;

    private Customer(HttpClient client, URI shop, String token) {
        this.client = client;
        this.shop = shop;
        this.token = token;
    }

    static Customer signedIn(int port, JsonObject account) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        URI shop = URI.create("http://127.0.0.1:" + port);
        HttpRequest asked = HttpRequest.newBuilder(shop.resolve("/v1/sessions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(account.encode()))
                .build();
        HttpResponse<String> session = client.send(asked, HttpResponse.BodyHandlers.ofString());
        for (int i = 1; i < SIGN_IN_TRIES && session.statusCode() == 503; i++) {
            session = client.send(asked, HttpResponse.BodyHandlers.ofString());
        }
        assertThat(session.statusCode()).as(session.body()).isEqualTo(201);
        return new Customer(client, shop, new JsonObject(session.body()).getString("access_token"));
    }

    /** Orders what the first line of the demo orders. */
    HttpResponse<String> order(String idempotencyKey) throws IOException, InterruptedException {
        return send(ordered(idempotencyKey));
    }

    /** The same, without waiting for the answer. */
    CompletableFuture<HttpResponse<String>> ordering(String idempotencyKey) throws IOException {
        return client.sendAsync(ordered(idempotencyKey).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder ordered(String idempotencyKey) throws IOException {
        List<String> lines = Files.readAllLines(NodeProcess.REPOSITORY.resolve("config/demo/orders.ndjson"));
        String body = new JsonObject(lines.getFirst()).getJsonObject("order").encode();
        return request("/v1/orders")
                .header("Idempotency-Key", idempotencyKey)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** The first hundred of this customer's orders. */
    JsonArray list() throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request("/v1/orders?limit=100").GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getJsonArray("items");
    }

    /** Asks for one order. */
    HttpResponse<String> look(String order) throws IOException, InterruptedException {
        return send(request("/v1/orders/" + order).GET());
    }

    /** Says yes or no to a purpose. */
    HttpResponse<String> decide(String purpose, boolean granted) throws IOException, InterruptedException {
        String body = new JsonObject().put("granted", granted).encode();
        return send(request("/v1/me/consents/" + purpose)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What they have said to each purpose. */
    HttpResponse<String> consents() throws IOException, InterruptedException {
        return send(request("/v1/me/consents").GET());
    }

    /** The name of the version that the shop says is in force. */
    String policyInForce() throws IOException, InterruptedException {
        return new JsonObject(send(request("/v1/policy")
                                .header("Accept", "application/json")
                                .GET())
                        .body())
                .getString("version");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(shop.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
