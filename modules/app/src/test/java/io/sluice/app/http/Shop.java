package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.sluice.app.node.Node;
import io.sluice.app.process.DataServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A node in this process with its doors open, and a client in front of them. */
final class Shop implements AutoCloseable {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    private final Path dataDir;
    private final Node node;
    private final Connection data;
    private final Connection keys;
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonObject accounts;
    private final AtomicInteger products = new AtomicInteger();

    private Shop(Path dataDir, Node node) throws Exception {
        this.dataDir = dataDir;
        this.node = node;
        this.data = DataServer.of(dataDir).connect();
        this.keys = DataServer.of(dataDir, "sluice_keys").connect();
        this.accounts = new JsonObject(Files.readString(node.credentials().orElseThrow()));
    }

    static Shop open(Path dataDir, Map<String, String> more) throws Exception {
        Map<String, Config.Flag> flags = new TreeMap<>();
        Map.of("data_dir", dataDir.toString(), "http.port", "0", "management.port", "0")
                .forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        more.forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        return new Shop(dataDir, Node.start(Config.read(flags, Map.of(), Optional.empty(), REPOSITORY)));
    }

    @Override
    public void close() throws SQLException {
        data.close();
        keys.close();
        assertThat(node.stop().troubles()).isEmpty();
        client.close();
    }

    Path dataDir() {
        return dataDir;
    }

    /** What of this product, and of everything that an order leaves behind, is stored now. */
    Stored stored(String sku) throws SQLException {
        return Stored.in(data, keys, sku);
    }

    /** How many callbacks with this event's id are kept. */
    long callbacksKept(String event) throws SQLException {
        return Long.parseLong(text("select count(*) from commerce.inbox where event_id = ?", event));
    }

    /** What was made of a callback; empty while nothing was. */
    Optional<String> verdict(String event) throws SQLException {
        String verdict = text("select coalesce(max(verdict), '') from commerce.inbox where event_id = ?", event);
        return Optional.of(verdict).filter(said -> !said.isEmpty());
    }

    /** How often a callback's operation or parcel was looked for in vain, of this topic. */
    boolean isAnyDeferred(String topic) throws Exception {
        return metrics()
                .lines()
                .anyMatch(line -> line.startsWith("sluice_callbacks_deferred_total") && line.contains(topic));
    }

    /** The id under which a partner knows what this order asked of it. */
    String operationOf(String order, String kind) throws SQLException {
        return text("select operation from commerce.step where order_id = ?::uuid and lower(kind) = ?", order, kind);
    }

    /** Pieces on the shelf, reserved ones included. */
    long onHand(String sku) throws SQLException {
        return Long.parseLong(text("select on_hand from commerce.stock where sku = ?", sku));
    }

    private String text(String query, String... values) throws SQLException {
        return Stored.text(data, query, values);
    }

    /** The leaves of what this receiver got or was refused, as the database holds them at this moment; the latest last. */
    List<JsonObject> leaves(String receiver, String decision) throws SQLException {
        String found = text("""
                select coalesce(jsonb_agg(leaf order by at), '[]') from (
                    select convert_from(bytes, 'UTF8')::jsonb leaf, at from ledger.leaf) every
                where leaf ->> 'receiver' = ? and leaf ->> 'decision' = ?""", receiver, decision);
        return new JsonArray(found).stream().map(JsonObject.class::cast).toList();
    }

    /** An access token of one of the demo's accounts. */
    String token(String account) throws Exception {
        HttpResponse<String> answer = send(request("/v1/sessions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        accounts.getJsonObject(account).encode())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("access_token");
    }

    /** The e-mail address and the password of one of the demo's accounts. */
    JsonObject credentials(String account) {
        return accounts.getJsonObject(account).copy();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.shop().orElseThrow().resolve(path));
    }

    /** Everything measured, as the collector reads it. */
    String metrics() throws Exception {
        URI metrics = URI.create("http://127.0.0.1:" + node.managementPort() + "/metrics");
        return send(HttpRequest.newBuilder(metrics)).body();
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request whose answer is read as it comes. */
    HttpResponse<InputStream> stream(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Places an order as anybody would. */
    HttpResponse<String> place(String token, String key, String body) throws Exception {
        return send(request("/v1/orders")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String token, String path) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + token).GET());
    }

    /** A product in EUR that nobody has asked for yet, so that its stock is changed by the asker alone. */
    String freshProduct() {
        return "SL-%04d".formatted(products.incrementAndGet());
    }

    /** A good order for two pieces. */
    static JsonObject order(String sku) {
        return new JsonObject()
                .put("currency", "EUR")
                .put(
                        "lines",
                        new JsonArray().add(new JsonObject().put("sku", sku).put("quantity", 2)))
                .put(
                        "delivery",
                        new JsonObject()
                                .put("name", "Nora Lind")
                                .put("line1", "Skogsgatan 4")
                                .put("city", "Uppsala")
                                .put("postcode", "753 10")
                                .put("country", "SE"))
                .put("payment", new JsonObject().put("method", "pm_card_visa"));
    }
}
