package io.sluice.app.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The public API as a storefront calls it. Every call has a time-out. One that got no answer, or was told to come again (503),
 * is sent again as it was, with the same idempotency key, until patience ends.
 */
final class ShopClient implements AutoCloseable {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int COME_AGAIN = 503;

    private final Vertx vertx;
    private final WebClient http;
    private int repeats;

    /** @param authority PEM text of who signed the shop's certificate; empty: whoever Java trusts */
    ShopClient(Vertx vertx, URI shop, Optional<String> authority, int connections) {
        this.vertx = vertx;
        WebClientOptions options =
                new WebClientOptions().setDefaultHost(shop.getHost()).setDefaultPort(shop.getPort());
        options.setSsl("https".equals(shop.getScheme())).setVerifyHost(true);
        authority.ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        this.http = WebClient.create(vertx, options, new PoolOptions().setHttp1MaxSize(connections));
    }

    Future<HttpResponse<Buffer>> get(String path, @Nullable String token) {
        return patiently(() -> authorised(http.get(path), token).send());
    }

    Future<HttpResponse<Buffer>> send(HttpMethod method, String path, @Nullable String token, JsonObject body) {
        return patiently(() -> authorised(http.request(method, path), token).sendJsonObject(body));
    }

    Future<HttpResponse<Buffer>> placeOrder(String token, @Nullable String idempotencyKey, String body) {
        return patiently(() -> {
            HttpRequest<Buffer> request =
                    authorised(http.post("/v1/orders"), token).putHeader("content-type", "application/json");
            if (idempotencyKey != null) {
                request.putHeader("idempotency-key", idempotencyKey);
            }
            return request.sendBuffer(Buffer.buffer(body));
        });
    }

    /**
     * Pays back, once for each order: its id is the key. The id stands there alone, for the digits of one id in some thousands
     * would be taken for a card number (clause A5) within any longer text.
     *
     * @param reference the case in which it is done
     */
    Future<HttpResponse<Buffer>> refund(String token, String orderId, String reference, JsonObject body) {
        return patiently(() -> authorised(http.post("/v1/staff/orders/" + orderId + "/refunds"), token)
                .putHeader("idempotency-key", orderId)
                .putHeader("purpose", "refund_management")
                .putHeader("case", reference)
                .sendJsonObject(body));
    }

    /** Does on the provider's own page what the customer would: passes the bank's check. */
    Future<HttpResponse<Buffer>> passChallenge(String url) {
        return patiently(() -> http.requestAbs(HttpMethod.POST, url)
                .timeout(CALL_TIMEOUT.toMillis())
                .sendJsonObject(new JsonObject().put("outcome", "success")));
    }

    /** How often a call was sent again. */
    int repeats() {
        return repeats;
    }

    private Future<HttpResponse<Buffer>> patiently(Supplier<Future<HttpResponse<Buffer>>> call) {
        return patiently(call, System.nanoTime() + PATIENCE.toNanos());
    }

    private Future<HttpResponse<Buffer>> patiently(Supplier<Future<HttpResponse<Buffer>>> call, long giveUp) {
        return call.get().transform(sent -> {
            boolean isAnswered = sent.succeeded() && sent.result().statusCode() != COME_AGAIN;
            if (isAnswered || System.nanoTime() > giveUp) {
                return sent.succeeded() ? Future.succeededFuture(sent.result()) : Future.failedFuture(sent.cause());
            }
            repeats++;
            return vertx.timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS).compose(paused -> patiently(call, giveUp));
        });
    }

    /** The response's JSON; an empty object if it has none. */
    static JsonObject json(HttpResponse<Buffer> response) {
        JsonObject body = response.bodyAsJsonObject();
        return body == null ? new JsonObject() : body;
    }

    private static HttpRequest<Buffer> authorised(HttpRequest<Buffer> request, @Nullable String token) {
        request.timeout(CALL_TIMEOUT.toMillis());
        return token == null ? request : request.bearerTokenAuthentication(token);
    }

    @Override
    public void close() {
        http.close();
    }
}
