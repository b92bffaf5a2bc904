package io.sluice.app.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.sluice.app.node.Node;
import io.sluice.app.process.DataServer;
import io.sluice.app.sandbox.CallbackRetries;
import io.sluice.app.sandbox.SandboxFaults;
import io.sluice.app.sandbox.SandboxPace;
import io.sluice.app.sandbox.SandboxPartners;
import io.sluice.app.sandbox.SandboxSettings;
import io.sluice.testkit.LoopbackPort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A real node, its partners outside it as HTTP servers of their own with every fault switched on, and its database. */
final class Scene implements AutoCloseable {

    static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    /** Longer than anything that a partner does by itself and nobody can see coming. */
    static final Duration CALM = Duration.ofMillis(2500);

    private static final String KEY = "partner-key";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Duration STEP = Duration.ofMillis(100);
    private static final SandboxPace PACE = new SandboxPace(
            Duration.ZERO,
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            1,
            Duration.ofMillis(5),
            STEP,
            STEP,
            STEP,
            Duration.ofDays(7),
            Duration.ofSeconds(1));

    private final Path books;
    private final Vertx vertx;
    private final SandboxPartners partners;
    private final Node node;
    private final URI shop;
    private final Connection data;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Scene(Path books, Vertx vertx, SandboxPartners partners, Node node, URI shop, Connection data) {
        this.books = books;
        this.vertx = vertx;
        this.partners = partners;
        this.node = node;
        this.shop = shop;
        this.data = data;
    }

    static Scene open(Path folder, SandboxFaults faults, boolean autoDispatch) throws Exception {
        Vertx vertx = Vertx.vertx();
        URI shop = URI.create("http://127.0.0.1:" + LoopbackPort.free());
        SandboxSettings.Partner partner = new SandboxSettings.Partner(0, KEY, SECRET);
        Path books = folder.resolve("outside");
        SandboxPartners partners = SandboxPartners.start(
                        vertx,
                        new SandboxSettings(
                                books,
                                "127.0.0.1",
                                partner,
                                partner,
                                shop,
                                PACE,
                                CallbackRetries.PATIENT,
                                faults.delaying(Duration.ofSeconds(1), STEP.multipliedBy(3))))
                .await(30, TimeUnit.SECONDS);
        Path dataDir = folder.resolve("data");
        Map<String, String> flags = new TreeMap<>();
        flags.put("data_dir", dataDir.toString());
        flags.put("http.port", Integer.toString(shop.getPort()));
        flags.put("management.port", "0");
        flags.put("orders.auto_dispatch", Boolean.toString(autoDispatch));
        flags.put("orders.sweep_every", "200ms");
        flags.put("orders.step_lease", "7s");
        flags.put("bus.ask_timeout", "3s");
        flags.put("auth.hash_memory", "8MiB");
        Map.of("payments", partners.provider(), "carriers", partners.carrier()).forEach((room, at) -> {
            flags.put(room + ".timeout", "1s");
            flags.put(room + ".sandbox.url", at.toString());
            flags.put(room + ".sandbox.api_key", KEY);
            flags.put(room + ".sandbox.webhook_secret", SECRET);
        });
        Map<String, Config.Flag> given = new TreeMap<>();
        flags.forEach((key, value) -> given.put(key, new Config.Flag(key, value)));
        Node node = Node.start(Config.read(given, Map.of(), Optional.empty(), REPOSITORY));
        return new Scene(
                books, vertx, partners, node, shop, DataServer.of(dataDir).connect());
    }

    JsonObject account(String role) throws IOException {
        return new JsonObject(Files.readString(node.credentials().orElseThrow())).getJsonObject(role);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(shop.resolve(path)).timeout(Duration.ofSeconds(20));
    }

    /** Asks until there is an answer: who gets none, or is told to come again, sends the same again. */
    HttpResponse<String> send(HttpRequest request) throws InterruptedException, IOException {
        for (int tries = 1; ; tries++) {
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 503 || tries == 100) {
                    return answer;
                }
            } catch (IOException unanswered) {
                if (tries == 100) {
                    throw unanswered;
                }
            }
            pause();
        }
    }

    void pause() {
        vertx.timer(100, TimeUnit.MILLISECONDS).await();
    }

    /** The orders' documents, as they rest in the database. */
    List<JsonObject> orders() throws SQLException {
        return texts("select document from commerce.orders order by id").stream()
                .map(JsonObject::new)
                .toList();
    }

    synchronized List<String> texts(String query) throws SQLException {
        try (Statement statement = data.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (found.next()) {
                texts.add(found.getString(1));
            }
            return texts;
        }
    }

    long number(String query) throws SQLException {
        return Long.parseLong(texts(query).getFirst());
    }

    /** For these kinds of steps time passes: their terms are over now. */
    synchronized int timePasses(String kinds, String least) throws SQLException {
        try (Statement statement = data.createStatement()) {
            return statement.executeUpdate("update commerce.step set due_at = now() where done_at is null"
                    + " and lease_until is null and due_at > now() + interval '" + least + "' and kind in (" + kinds
                    + ")");
        }
    }

    List<JsonObject> book(String name) throws IOException {
        return Files.readAllLines(books.resolve(name)).stream()
                .map(JsonObject::new)
                .toList();
    }

    long bookBytes() throws IOException {
        return Files.size(books.resolve("provider.ndjson")) + Files.size(books.resolve("carrier.ndjson"));
    }

    /** Callbacks that the partners have still to deliver. */
    long callbacksOpen() throws IOException, InterruptedException {
        long open = 0;
        for (URI partner : List.of(partners.provider(), partners.carrier())) {
            HttpRequest asked = HttpRequest.newBuilder(partner.resolve("/v1/callbacks"))
                    .header("Authorization", "Bearer " + KEY)
                    .build();
            JsonObject standing = new JsonObject(send(asked).body());
            assertThat(standing.getInteger("parked"))
                    .as("callbacks that a partner has given up")
                    .isZero();
            open += standing.getInteger("open");
        }
        return open;
    }

    @Override
    public void close() throws Exception {
        data.close();
        assertThat(node.stop().troubles()).isEmpty();
        partners.close().await(30, TimeUnit.SECONDS);
        vertx.close().await(30, TimeUnit.SECONDS);
        client.shutdownNow();
    }
}
