package io.sluice.app.storm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Customers and one of the staff, each with a connection of their own. What each does is decided by the seed and the order's number. */
final class Crowd implements AutoCloseable {

    private static final int CUSTOMERS = 16;
    private static final int AT_A_TIME = 24;

    /** An order as the crowd knows it. */
    record Placed(int number, String id, String buyer) {}

    private final Scene scene;
    private final long seed;
    private final String staff;
    private final List<String> customers = new ArrayList<>();
    private final List<JsonObject> products;
    private final Map<String, Placed> placed = new ConcurrentHashMap<>();
    private final Map<String, Boolean> answered = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore connections = new Semaphore(AT_A_TIME);

    Crowd(Scene scene, long seed) throws Exception {
        this.scene = scene;
        this.seed = seed;
        this.staff = token(scene.account("operator"));
        this.products = Files.readAllLines(Scene.REPOSITORY.resolve("config/demo/products.ndjson")).stream()
                .map(JsonObject::new)
                .filter(one -> one.getJsonObject("price").getString("currency").equals("EUR"))
                .toList();
        String version =
                new JsonObject(scene.send(scene.request("/v1/policy").build()).body()).getString("version");
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.add(register("storm-" + i + "@orders.example.org", version));
        }
    }

    private String register(String email, String policy) throws Exception {
        JsonObject credentials = new JsonObject().put("email", email).put("password", "as good as any in a storm");
        JsonObject person = credentials
                .copy()
                .put("name", "Nora Lind")
                .put("locale", "en-GB")
                .put("country", "DE")
                .put("consents", new JsonObject().put("customer_assistance", true))
                .put("policy_version", policy);
        HttpResponse<String> registered = scene.send(post("/v1/accounts", null, person));
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
        return token(credentials);
    }

    private String token(JsonObject credentials) throws Exception {
        HttpResponse<String> session = scene.send(post("/v1/sessions", null, credentials));
        assertThat(session.statusCode()).as(session.body()).isEqualTo(201);
        return new JsonObject(session.body()).getString("access_token");
    }

    Random dice(String what, int number) {
        return new Random(seed * 31 + number * 1_000_003L + what.hashCode());
    }

    Set<String> ids() {
        return placed.keySet();
    }

    Placed placed(String order) {
        Placed found = placed.get(order);
        if (found == null) {
            throw new AssertionError("an order that nobody has placed: " + order);
        }
        return found;
    }

    /** Places an order, and now and then does something else with it before anything can have come of it. */
    void place(int number) throws Exception {
        Random dice = dice("place", number);
        String buyer = customers.get(number % CUSTOMERS);
        HttpRequest asked = post("/v1/orders", buyer, body(number, dice), "Idempotency-Key", "storm-" + number);
        HttpResponse<String> answer = scene.send(asked);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonObject order = new JsonObject(answer.body());
        Placed one = new Placed(number, order.getString("id"), buyer);
        placed.put(one.id(), one);
        switch (dice.nextInt(25)) {
            case 0 -> cancel(one);
            case 1 -> lower(one, order);
            case 2, 3 -> tell(staff(one.id(), "hold", "transaction_verification", null), 200, 409);
            case 4 ->
                assertThat(new JsonObject(scene.send(asked).body()).getString("id"))
                        .as("the same request again is the same order")
                        .isEqualTo(one.id());
            default -> {}
        }
    }

    private JsonObject body(int number, Random dice) {
        JsonArray lines = new JsonArray();
        int count = 1 + dice.nextInt(3);
        for (int i = 0; i < count; i++) {
            // few enough that lines of one order meet in one product, and orders on one shelf
            lines.add(new JsonObject()
                    .put("sku", products.get(dice.nextInt(12)).getString("sku"))
                    .put("quantity", 1 + dice.nextInt(3)));
        }
        JsonObject body = new JsonObject()
                .put("currency", "EUR")
                .put("lines", lines)
                .put(
                        "delivery",
                        new JsonObject()
                                .put("name", "Nora Lind")
                                .put("line1", "Skogsgatan 4")
                                .put("city", "Uppsala")
                                .put("postcode", "753 10")
                                .put("country", "SE"))
                .put("payment", new JsonObject().put("method", "pm_card_visa"));
        return dice.nextInt(10) > 0
                ? body
                : body.put(
                        "recipient",
                        new JsonObject()
                                .put("name", "Ines Duarte")
                                .put("email", "gift-" + number + "@orders.example.org"));
    }

    void cancel(Placed order) throws Exception {
        tell(post("/v1/orders/" + order.id() + "/cancel", order.buyer(), null), 200, 409);
    }

    /** One piece less of the first line. */
    private void lower(Placed order, JsonObject shown) throws Exception {
        int had = shown.getJsonArray("lines").getJsonObject(0).getInteger("quantity");
        JsonObject keep = new JsonObject()
                .put(
                        "lines",
                        new JsonArray().add(new JsonObject().put("line", 0).put("quantity", had - 1)));
        tell(post("/v1/orders/" + order.id() + "/cancel", order.buyer(), keep), 200, 409);
    }

    JsonObject shown(Placed order) throws Exception {
        HttpResponse<String> answer = scene.send(scene.request("/v1/orders/" + order.id())
                .header("Authorization", "Bearer " + order.buyer())
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    /** Answers the bank for each order that waits for its buyer, once for each time that it asks; some buyers never do. */
    int answerBank() throws Exception {
        List<String> waiting = scene.texts("""
                select id from commerce.orders where document @? '$.operations[*] ? (@.status == "REQUIRES_ACTION")'""");
        List<Callable<Void>> tasks = new ArrayList<>();
        AtomicInteger given = new AtomicInteger();
        for (String id : waiting) {
            tasks.add(() -> {
                JsonObject action = shown(placed(id)).getJsonObject("next_action");
                if (action != null && answered.putIfAbsent(action.getString("url"), true) == null) {
                    given.addAndGet(answer(placed(id).number(), action.getString("url")));
                }
                return null;
            });
        }
        all(tasks);
        return given.get();
    }

    private int answer(int number, String page) throws Exception {
        int time = answers.computeIfAbsent(number, none -> new AtomicInteger()).incrementAndGet();
        int mind = dice("bank " + time, number).nextInt(10);
        if (mind < 2) {
            return 0; // has gone away
        }
        JsonObject outcome = new JsonObject().put("outcome", mind < 4 ? "failure" : "success");
        HttpRequest said = HttpRequest.newBuilder(URI.create(page))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(outcome.encode()))
                .build();
        // 409: the shop has let go of it meanwhile
        tell(said, 200, 409);
        return 1;
    }

    HttpRequest staff(String order, String what, String purpose, @Nullable JsonObject body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Purpose", purpose, "Case", "case-1"));
        all.addAll(List.of(headers));
        return post("/v1/staff/orders/" + order + "/" + what, staff, body, all.toArray(String[]::new));
    }

    @CanIgnoreReturnValue
    int tell(HttpRequest request, Integer... expected) throws IOException, InterruptedException {
        HttpResponse<String> answer = scene.send(request);
        assertThat(answer.statusCode())
                .as("%s: %s", request.uri(), answer.body())
                .isIn((Object[]) expected);
        return answer.statusCode();
    }

    private HttpRequest post(String path, @Nullable String token, @Nullable JsonObject body, String... headers) {
        HttpRequest.Builder request = scene.request(path);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (body == null) {
            return request.POST(HttpRequest.BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
    }

    /** Does these side by side; throws what any of them throws. */
    void all(List<? extends Callable<Void>> tasks) throws Exception {
        List<Future<Void>> running = new ArrayList<>();
        for (Callable<Void> task : tasks) {
            running.add(people.submit(() -> {
                connections.acquire();
                try {
                    return task.call();
                } finally {
                    connections.release();
                }
            }));
        }
        for (Future<Void> one : running) {
            one.get(10, TimeUnit.MINUTES);
        }
    }

    @Override
    public void close() {
        people.shutdownNow();
    }
}
