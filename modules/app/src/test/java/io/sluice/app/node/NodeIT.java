package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.sluice.app.config.Config;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node in this process: real database, real partners, real HTTP. */
class NodeIT {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path dataDir;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void anOrderIsCarriedToItsEndAndTheNodeStopsCleanly() throws Exception {
        Node node = Node.start(config(Map.of()));
        try {
            assertThat(get(management(node, "/health/ready")).statusCode()).isEqualTo(200);
            String token = signIn(node);

            JsonObject order = new JsonObject(order(node, token).body());

            awaitEnd(node, token, order.getString("id"));
            assertThat(get(management(node, "/metrics")).body()).contains("sluice_guard_deliveries_total");
            assertThat(get(management(node, "/minimisation")).body())
                    .contains("\"contract\":\"carrier.dispatch\"", "\"field\":\"delivery.name\"");
            Books books = node.books().await(30, TimeUnit.SECONDS);
            assertThat(books.isSound()).as("the ledger verifies").isTrue();
            assertThat(books.figures().disclosures()).containsKeys("sandbox-provider", "sandbox-carrier");
            assertThat(books.figures().uses())
                    .as("uses logged are deliveries made")
                    .isEqualTo(books.deliveries());
        } finally {
            assertThat(node.stop().troubles()).isEmpty();
        }
    }

    @Test
    void whatANodeMadeIsThereAtItsNextStart() throws Exception {
        Node first = Node.start(config(Map.of()));
        String token = signIn(first);
        String order = new JsonObject(order(first, token).body()).getString("id");
        String credentials = Files.readString(first.credentials().orElseThrow());
        assertThat(first.stop().clean()).isTrue();

        Node second = Node.start(config(Map.of()));
        try {
            assertThat(Files.readString(second.credentials().orElseThrow())).isEqualTo(credentials);
            awaitEnd(second, signIn(second), order);
        } finally {
            assertThat(second.stop().troubles()).isEmpty();
        }
    }

    @Test
    void aSecondNodeOnTheSameDirectoryIsToldHowToJoin() {
        Node node = Node.start(config(Map.of()));
        try {
            assertThatThrownBy(() -> Node.start(config(Map.of())))
                    .isInstanceOf(StartFailed.class)
                    .rootCause()
                    .hasMessageContaining("--cluster");
            assertThat(get(management(node, "/health/ready")).statusCode())
                    .as("the first one does not mind")
                    .isEqualTo(200);
        } catch (Exception e) {
            fail(e);
        } finally {
            assertThat(node.stop().clean()).isTrue();
        }
    }

    @Test
    void aStartThatFailsLeavesNothingRunning() throws Exception {
        Node blocking = Node.start(config(Map.of()));
        int taken = blocking.managementPort();
        Path other = Files.createDirectory(dataDir.resolve("other"));
        try {
            assertThatThrownBy(() -> Node.start(
                            config(Map.of("data_dir", other.toString(), "management.port", Integer.toString(taken)))))
                    .isInstanceOf(StartFailed.class)
                    .hasMessageContaining("management server");
        } finally {
            assertThat(blocking.stop().clean()).isTrue();
        }
        Node again = Node.start(config(Map.of("data_dir", other.toString())));
        assertThat(again.stop().clean()).as("the directory was given back").isTrue();
    }

    private Config config(Map<String, String> more) {
        Map<String, Config.Flag> flags = new TreeMap<>();
        Map.of("data_dir", dataDir.toString(), "http.port", "0", "management.port", "0")
                .forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        more.forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        return Config.read(flags, Map.of(), Optional.empty(), REPOSITORY);
    }

    private String signIn(Node node) throws Exception {
        JsonObject accounts = new JsonObject(Files.readString(node.credentials().orElseThrow()));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(shop(node, "/v1/sessions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        accounts.getJsonObject("customer1").encode())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("access_token");
    }

    private HttpResponse<String> order(Node node, String token) throws Exception {
        String line = Files.readAllLines(REPOSITORY.resolve("config/demo/orders.ndjson"))
                .getFirst();
        HttpResponse<String> answer = send(HttpRequest.newBuilder(shop(node, "/v1/orders"))
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", "first")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        new JsonObject(line).getJsonObject("order").encode())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private void awaitEnd(Node node, String token, String order) throws Exception {
        Vertx clock = Vertx.vertx();
        try {
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            String last = "";
            while (System.nanoTime() < giveUp) {
                last = send(HttpRequest.newBuilder(shop(node, "/v1/orders/" + order))
                                .header("Authorization", "Bearer " + token)
                                .GET())
                        .body();
                if (new JsonObject(last).getString("state").equals("CLOSED")) {
                    return;
                }
                pause(clock);
            }
            fail("the order did not come to its end: " + last);
        } finally {
            clock.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static void pause(Vertx clock) throws TimeoutException {
        clock.timer(100, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return send(HttpRequest.newBuilder(uri).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI shop(Node node, String path) {
        return node.shop().orElseThrow().resolve(path);
    }

    private static URI management(Node node, String path) {
        return URI.create("http://127.0.0.1:" + node.managementPort() + path);
    }
}
