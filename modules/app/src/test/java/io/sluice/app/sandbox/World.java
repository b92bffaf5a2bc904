package io.sluice.app.sandbox;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Running partners, a shop that takes their callbacks, and a client, for one test. */
final class World implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final SandboxSettings.Partner PROVIDER = new SandboxSettings.Partner(0, "provider-key", SECRET);
    static final SandboxSettings.Partner CARRIER = new SandboxSettings.Partner(0, "carrier-key", SECRET);
    static final SandboxPace QUICK = new SandboxPace(
            Duration.ZERO,
            Duration.ofMillis(300),
            Duration.ofSeconds(30),
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(30),
            Duration.ofMillis(30),
            Duration.ofMillis(30));
    /** Authorisations last two seconds. */
    static final SandboxPace LAPSING = new SandboxPace(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(30),
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(30),
            Duration.ofMillis(30),
            Duration.ofMillis(30),
            Duration.ofSeconds(2),
            Duration.ofMillis(30));

    static final CallbackRetries EAGER =
            new CallbackRetries(3, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofSeconds(2), 8);

    /** A callback as it arrived at the shop. */
    record Heard(String path, MultiMap headers, String body) {
        String id() {
            return Objects.requireNonNullElse(headers.get("webhook-id"), "");
        }

        JsonObject json() {
            return new JsonObject(body);
        }

        String type() {
            return json().getString("type");
        }
    }

    /** What a partner said. */
    record Said(int statusCode, String contentType, String body) {
        static Said by(HttpResponse<Buffer> answer) {
            return new Said(
                    answer.statusCode(),
                    Objects.requireNonNullElse(answer.getHeader("content-type"), ""),
                    Objects.requireNonNullElse(answer.bodyAsString(), ""));
        }

        JsonObject json() {
            return new JsonObject(body);
        }
    }

    final Vertx vertx = Vertx.vertx();
    final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final WebClient client =
            WebClient.create(vertx, new WebClientOptions(), new PoolOptions().setHttp1MaxSize(64));
    private final Path directory;
    private final HttpServer shop;
    private final Function<SandboxSettings, SandboxSettings> settings;
    private final AtomicInteger refusals = new AtomicInteger();
    private SandboxPartners partners;

    World(Path directory) {
        this(directory, plain -> plain);
    }

    World(Path directory, Function<SandboxSettings, SandboxSettings> settings) {
        this.directory = directory;
        this.settings = settings;
        shop = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    heard.add(new Heard(Objects.requireNonNull(request.path()), request.headers(), body.toString()));
                    request.response()
                            .setStatusCode(refusals.getAndDecrement() > 0 ? 503 : 200)
                            .end();
                }))
                .listen(0, "127.0.0.1"));
        partners = start();
    }

    private SandboxPartners start() {
        SandboxSettings plain = new SandboxSettings(
                directory, "127.0.0.1", PROVIDER, CARRIER, shopUri(), QUICK, EAGER, SandboxFaults.NONE);
        return await(SandboxPartners.start(vertx, settings.apply(plain)));
    }

    URI shopUri() {
        return URI.create("http://127.0.0.1:" + shop.actualPort());
    }

    SandboxPartners partners() {
        return partners;
    }

    /** The shop answers 503 to so many of the next callbacks. */
    void shopRefuses(int callbacks) {
        refusals.set(callbacks);
    }

    void stop() {
        await(partners.close());
    }

    void startAgain() {
        partners = start();
    }

    @CanIgnoreReturnValue
    Said provider(String path, @Nullable String key, JsonObject body) {
        return await(post(partners.provider(), path, "provider-key", key, body));
    }

    @CanIgnoreReturnValue
    Said carrier(String path, @Nullable String key, JsonObject body) {
        return await(post(partners.carrier(), path, "carrier-key", key, body));
    }

    /** Not awaited: for what hangs. */
    Future<Said> post(URI partner, String path, String apiKey, @Nullable String key, JsonObject body) {
        var request = client.postAbs(partner + path)
                .timeout(1500)
                .putHeader("authorization", "Bearer " + apiKey)
                .putHeader("content-type", "application/json");
        if (key != null) {
            request.putHeader("idempotency-key", key);
        }
        return request.sendBuffer(body.toBuffer()).map(Said::by);
    }

    Said get(URI partner, String path, String apiKey) {
        return await(client.getAbs(partner + path)
                .putHeader("authorization", "Bearer " + apiKey)
                .send()
                .map(Said::by));
    }

    Said operation(String key) {
        return get(partners.provider(), "/v1/operations?idempotency_key=" + key, "provider-key");
    }

    Said parcel(String key) {
        return get(partners.carrier(), "/v1/parcels?idempotency_key=" + key, "carrier-key");
    }

    Said browse(String url, @Nullable JsonObject answer) {
        Future<HttpResponse<Buffer>> seen =
                answer == null ? client.getAbs(url).send() : client.postAbs(url).sendJsonObject(answer);
        return await(seen.map(Said::by));
    }

    /** The next callback; fails if none comes. */
    Heard next() {
        try {
            Heard next = heard.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("the partner did not call back");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** The next callback of that type; others before it are passed over. */
    @CanIgnoreReturnValue
    Heard next(String type) {
        Heard next = next();
        while (!next.type().equals(type)) {
            next = next();
        }
        return next;
    }

    Path book(String name) {
        return directory.resolve(name);
    }

    List<JsonObject> lines(String name) {
        try {
            return Files.readAllLines(book(name)).stream().map(JsonObject::new).toList();
        } catch (java.io.IOException gone) {
            throw new AssertionError(gone);
        }
    }

    List<String> effects(String name) {
        return lines(name).stream().map(line -> line.getString("effect")).toList();
    }

    @CanIgnoreReturnValue
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError("did not succeed", failed);
        }
    }

    static Throwable failure(Future<?> future) {
        return await(future.transform(ended ->
                Future.succeededFuture(ended.failed() ? ended.cause() : new AssertionError("was expected to fail"))));
    }

    static JsonObject authorisation(String method) {
        return new JsonObject()
                .put("amount", 1999)
                .put("currency", "EUR")
                .put("method", method)
                .put("reference", "order-1");
    }

    static JsonObject amount(long amount) {
        return new JsonObject().put("amount", amount);
    }

    static JsonObject parcelFor(String name) {
        return new JsonObject()
                .put("reference", "order-1")
                .put(
                        "recipient",
                        new JsonObject()
                                .put("name", name)
                                .put("line1", "Björkvägen 9")
                                .put("city", "Göteborg")
                                .put("postcode", "411 08")
                                .put("country", "SE"));
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
