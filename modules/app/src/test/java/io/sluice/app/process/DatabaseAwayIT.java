package io.sluice.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.sluice.app.node.Node;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.EmbeddedPostgres;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose database server is killed under it, while orders are being placed, and comes back. */
class DatabaseAwayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ORDERS = 60;
    private static final int TRIES = 20;

    @TempDir
    Path folder;

    private final Vertx clock = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() throws Exception {
        http.shutdownNow();
        clock.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void ordersAreAnsweredComeAgainAndNoAcceptedOneIsLostWhenItIsBack() throws Exception {
        EmbeddedPostgres first = server(0);
        DatabaseSettings at = first.settings("sluice");
        Node node = Node.start(config(at));
        try (Customer customer = Customer.signedIn(port(node), account(node))) {
            assertThat(health(node, "ready")).isEqualTo(200);
            assertThat(customer.order("before").statusCode()).isEqualTo(201);

            Map<String, CompletableFuture<HttpResponse<String>>> underWay = new TreeMap<>();
            for (int i = 0; i < ORDERS; i++) {
                underWay.put("order-" + i, customer.ordering("order-" + i));
            }
            NodeProcess.killServerOf(folder.resolve("postgres"));
            assertThat(first.stop())
                    .as("a server that was killed does not stop cleanly")
                    .isFalse();
            Map<String, String> accepted = accepted(underWay);

            HttpResponse<String> away = customer.order("while-away");
            assertThat(away.statusCode()).as(away.body()).isEqualTo(503);
            assertThat(away.headers().firstValue("Retry-After")).isPresent();
            assertThat(away.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(health(node, "ready")).isEqualTo(503);
            assertThat(health(node, "live"))
                    .as("the node itself is well, and must not be restarted")
                    .isEqualTo(200);

            try (EmbeddedPostgres second = server(at.port())) {
                assertThat(second.settings("sluice").port()).isEqualTo(at.port());
                awaitReady(node);
                assertEachOrderIsThereOnce(customer, underWay.keySet(), accepted);
                assertThat(comingAgain(customer, "while-away").statusCode()).isEqualTo(201);
                // before its database ends
                assertThat(node.stop().troubles()).isEmpty();
            }
        } finally {
            assertThat(node.stop().troubles()).isEmpty();
        }
    }

    /** The bodies of those that were accepted, by key; every other one was told to come again. */
    private static Map<String, String> accepted(Map<String, CompletableFuture<HttpResponse<String>>> underWay)
            throws Exception {
        Map<String, String> accepted = new HashMap<>();
        for (var each : underWay.entrySet()) {
            HttpResponse<String> answer = each.getValue().get(60, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).as(answer.body()).isIn(201, 503);
            if (answer.statusCode() == 201) {
                accepted.put(each.getKey(), answer.body());
            }
        }
        System.out.println(accepted.size() + " of " + underWay.size() + " accepted before the database was away");
        return accepted;
    }

    /** A connection that the killed server left behind is found out by whoever gets it, who is told to come again. */
    private HttpResponse<String> comingAgain(Customer customer, String key) throws Exception {
        HttpResponse<String> answer = customer.order(key);
        for (int i = 1; i < TRIES && answer.statusCode() == 503; i++) {
            clock.timer(100, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
            answer = customer.order(key);
        }
        return answer;
    }

    private void assertEachOrderIsThereOnce(Customer customer, Set<String> keys, Map<String, String> accepted)
            throws Exception {
        Set<String> ids = new HashSet<>();
        for (String key : keys) {
            HttpResponse<String> again = comingAgain(customer, key);
            assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
            assertThat(again.body()).as("the answer to " + key).isEqualTo(accepted.getOrDefault(key, again.body()));
            ids.add(new JsonObject(again.body()).getString("id"));
        }
        assertThat(ids).as("one order for each key").hasSize(keys.size());
        List<String> listed = new ArrayList<>();
        customer.list().forEach(order -> listed.add(((JsonObject) order).getString("id")));
        assertThat(listed).as("and none beside").hasSize(keys.size() + 1).containsAll(ids);
    }

    private EmbeddedPostgres server(int port) throws Exception {
        return EmbeddedPostgres.start(
                new EmbeddedPostgres.Settings(folder.resolve("postgres"), true, port, List.of()),
                List.of("sluice", "sluice_keys"));
    }

    private Config config(DatabaseSettings at) {
        Map<String, Config.Flag> flags = new TreeMap<>();
        String url = "postgresql://" + at.user() + "@127.0.0.1:" + at.port() + "/";
        Map.of(
                        "data_dir",
                        folder.resolve("data").toString(),
                        "http.port",
                        "0",
                        "management.port",
                        "0",
                        "database.url",
                        url + "sluice",
                        "database.password",
                        at.password(),
                        "vault.database.url",
                        url + "sluice_keys",
                        "vault.database.password",
                        at.password())
                .forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        return Config.read(flags, Map.of(), Optional.empty(), NodeProcess.REPOSITORY);
    }

    private static JsonObject account(Node node) throws Exception {
        return new JsonObject(Files.readString(node.credentials().orElseThrow())).getJsonObject("customer1");
    }

    private static int port(Node node) {
        return node.shop().orElseThrow().getPort();
    }

    private int health(Node node, String what) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + node.managementPort() + "/health/" + what);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private void awaitReady(Node node) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (health(node, "ready") != 200) {
            assertThat(System.nanoTime()).as("ready again in time").isLessThan(giveUp);
            clock.timer(50, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
        }
    }
}
