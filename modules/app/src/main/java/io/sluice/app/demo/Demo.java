package io.sluice.app.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of the demo, against any node of a development world: registers the customers, sends every order, does what customers and staff do next, and waits until
 * every accepted order reads as its line says, or until nothing has moved for a while.
 */
public final class Demo {

    private static final int CONCURRENCY = 32;
    private static final Duration POLL = Duration.ofMillis(200);
    /** After this long without any order moving, those not at their ends are given up: more than a lease and the longest pause. */
    private static final Duration NO_PROGRESS = Duration.ofSeconds(120);

    private final Vertx vertx;
    private final ShopClient shop;
    private final JsonObject supportAccount;
    private final String password;
    private final Consumer<String> progress;
    private final List<DemoPerson> persons;
    private final List<DemoLine> lines;
    private final Map<Integer, String> tokens = new HashMap<>();
    private final Map<Integer, Answered> answered = new HashMap<>();
    private final DemoResult result = new DemoResult();
    private String supportToken = "";

    /** What a line's request was answered with. */
    private record Answered(
            int status, String body, @Nullable String orderId) {}

    /**
     * @param authority PEM text of who signed the shop's certificate, if it speaks TLS
     * @param folder with {@code customers.ndjson} and {@code orders.ndjson}
     * @param supportAccount e-mail and password of a member of staff who may refund
     * @param password for the accounts that the demo registers
     * @param progress is told what is going on, a line at a time
     */
    public Demo(
            Vertx vertx,
            URI shop,
            Optional<String> authority,
            Path folder,
            JsonObject supportAccount,
            String password,
            Consumer<String> progress)
            throws IOException {
        this.vertx = vertx;
        this.shop = new ShopClient(vertx, shop, authority, CONCURRENCY * 2);
        this.supportAccount = supportAccount;
        this.password = password;
        this.progress = progress;
        this.persons = DemoPerson.read(folder.resolve("customers.ndjson"));
        this.lines = DemoLine.read(folder.resolve("orders.ndjson"));
    }

    /** Drives all lines; the result says which ended otherwise than they should. */
    public Future<DemoResult> run() {
        // on one context, so that everything here is touched by one thread
        Promise<DemoResult> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(onContext -> drivenThrough().onComplete(done));
        return done.future();
    }

    private Future<DemoResult> drivenThrough() {
        return shop.get("/v1/policy", null)
                .compose(policy -> everyone(ShopClient.json(policy).getString("version")))
                .compose(signedIn -> drive())
                .compose(driven -> settle())
                .onSuccess(settled -> result.repeated(shop.repeats()))
                .map(settled -> result)
                .eventually(() -> {
                    shop.close();
                    return Future.succeededFuture();
                });
    }

    // who orders

    private Future<?> everyone(String policyVersion) {
        progress.accept("registering " + persons.size() + " customers");
        return signIn(supportAccount)
                .onSuccess(token -> supportToken = token)
                .compose(support -> inTurn(persons, 8, person -> register(person, policyVersion)));
    }

    private Future<?> register(DemoPerson person, String policyVersion) {
        JsonObject account = person.account().copy().put("password", password).put("policy_version", policyVersion);
        JsonObject credentials = new JsonObject().put("email", person.email()).put("password", password);
        return shop.send(HttpMethod.POST, "/v1/accounts", null, account)
                .compose(response -> expect(response, 201, "registering customer " + person.number()))
                .compose(registered -> signIn(credentials))
                .onSuccess(token -> tokens.put(person.number(), token))
                .compose(token -> inTurn(person.withdraws(), 1, purpose -> withdraw(token, purpose)));
    }

    private Future<String> signIn(JsonObject credentials) {
        JsonObject body = new JsonObject()
                .put("email", credentials.getString("email"))
                .put("password", credentials.getString("password"));
        return shop.send(HttpMethod.POST, "/v1/sessions", null, body)
                .compose(response -> expect(response, 201, "signing in"))
                .map(response -> ShopClient.json(response).getString("access_token"));
    }

    private Future<?> withdraw(String token, String purpose) {
        return shop.send(HttpMethod.PUT, "/v1/me/consents/" + purpose, token, new JsonObject().put("granted", false))
                .compose(response -> expect(response, 200, "withdrawing " + purpose));
    }

    private static Future<HttpResponse<Buffer>> expect(HttpResponse<Buffer> response, int status, String doing) {
        return response.statusCode() == status
                ? Future.succeededFuture(response)
                : Future.failedFuture(
                        doing + " was answered " + response.statusCode() + ": " + response.bodyAsString());
    }

    // the orders

    private Future<?> drive() {
        progress.accept("sending " + lines.size() + " orders, " + CONCURRENCY + " at a time");
        result.started();
        List<DemoLine> first =
                lines.stream().filter(line -> line.after() == null).toList();
        List<DemoLine> later =
                lines.stream().filter(line -> line.after() != null).toList();
        return inTurn(first, CONCURRENCY, this::send)
                .compose(sent -> inTurn(later, CONCURRENCY, this::send))
                .onSuccess(all -> result.sent());
    }

    private Future<?> send(DemoLine line) {
        long sentAt = System.nanoTime();
        return shop.placeOrder(String.valueOf(tokens.get(line.customer())), line.idempotencyKey(), line.body())
                .compose(response -> {
                    result.latency(System.nanoTime() - sentAt);
                    accept(line, response);
                    if (answered.size() % 100 == 0) {
                        progress.accept(answered.size() + " of " + lines.size() + " orders answered");
                    }
                    return "cancel".equals(line.then()) ? cancel(line) : Future.succeededFuture();
                });
    }

    private void accept(DemoLine line, HttpResponse<Buffer> response) {
        String body = String.valueOf(response.bodyAsString());
        JsonObject json = new JsonObject(body);
        String orderId = response.statusCode() == 201 ? json.getString("id") : null;
        answered.put(line.number(), new Answered(response.statusCode(), body, orderId));
        String wrong = wrongAnswer(line, response.statusCode(), body, json);
        if (wrong != null) {
            result.wrong(line.number(), wrong);
        }
        if (response.statusCode() != 201) {
            result.refused(problemCode(json));
        } else if (line.sameAs() != null) {
            result.replayed();
        }
    }

    private @Nullable String wrongAnswer(DemoLine line, int status, String body, JsonObject json) {
        if (status != line.expectedStatus()) {
            return "expected " + line.expectedStatus() + ", was answered " + status + " " + problemCode(json);
        }
        if (line.expectedProblem() != null && !line.expectedProblem().equals(problemCode(json))) {
            return "expected problem " + line.expectedProblem() + ", got " + problemCode(json);
        }
        if (line.expectedPointer() != null && !pointers(json).contains(line.expectedPointer())) {
            return "expected an error at " + line.expectedPointer() + ", got " + pointers(json);
        }
        Answered original = line.sameAs() == null ? null : answered.get(line.sameAs());
        return original != null && !original.body().equals(body)
                ? "the answer is not that of line " + line.sameAs()
                : null;
    }

    private static String problemCode(JsonObject problem) {
        String type = problem.getString("type", "");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    private static List<String> pointers(JsonObject problem) {
        return problem.getJsonArray("errors", new JsonArray()).stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList();
    }

    private Future<?> cancel(DemoLine line) {
        Answered order = answered.get(line.number());
        if (order == null || order.orderId() == null) {
            return Future.succeededFuture();
        }
        return shop.send(
                        HttpMethod.POST,
                        "/v1/orders/" + order.orderId() + "/cancel",
                        tokens.get(line.customer()),
                        new JsonObject())
                .onSuccess(response -> {
                    if (response.statusCode() / 100 != 2) {
                        result.wrong(line.number(), "cancelling was answered " + response.bodyAsString());
                    }
                });
    }

    // until all has come to rest

    private Future<?> settle() {
        Map<String, DemoLine> open = new HashMap<>();
        for (DemoLine line : lines) {
            Answered answer = answered.get(line.number());
            if (line.expectedEnd() != null && answer != null && answer.orderId() != null) {
                open.put(answer.orderId(), line);
            }
        }
        progress.accept("waiting for " + open.size() + " accepted orders to reach their ends");
        return new DemoSettling(vertx, shop, tokens, () -> supportToken, result, progress, POLL, NO_PROGRESS)
                .until(open);
    }

    /** Runs the work for every item, at most so many at once; fails with the first failure. */
    static <T> Future<?> inTurn(List<T> items, int atOnce, Function<T, Future<?>> work) {
        Queue<T> queue = new ArrayDeque<>(items);
        List<Future<?>> workers = java.util.stream.IntStream.range(0, Math.min(atOnce, items.size()))
                .<Future<?>>mapToObj(worker -> next(queue, work))
                .toList();
        return Future.all(workers);
    }

    private static <T> Future<?> next(Queue<T> queue, Function<T, Future<?>> work) {
        T item = queue.poll();
        return item == null ? Future.succeededFuture() : work.apply(item).compose(done -> next(queue, work));
    }
}
