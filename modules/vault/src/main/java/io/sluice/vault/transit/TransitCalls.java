package io.sluice.vault.transit;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the engine's HTTP API, bounded in time and number, and tells what it said for certain from everything else. */
final class TransitCalls {

    private static final Logger LOG = LoggerFactory.getLogger(TransitCalls.class);

    /** What the engine said for certain. */
    sealed interface Said {

        /** @param data the answer's payload; empty if it had none */
        record Yes(JsonObject data) implements Said {}

        /** It found fault with the request, in words of its own; some of a batch may be well. */
        record No(JsonObject data, String errors) implements Said {}

        /** There is nothing by that name. */
        record Nothing() implements Said {}
    }

    private final HttpClient client;
    private final TransitSettings settings;
    private final MeterRegistry meters;

    TransitCalls(Vertx vertx, TransitSettings settings, MeterRegistry meters) {
        int millis = Math.toIntExact(settings.timeout().toMillis());
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(millis)
                .setVerifyHost(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
        settings.ca().ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        this.client = vertx.createHttpClient(
                options,
                new PoolOptions()
                        .setHttp1MaxSize(2 * settings.callsInFlight() + 1)
                        .setMaxWaitQueueSize(settings.callsInFlight()));
        this.settings = settings;
        this.meters = meters;
    }

    Future<Said> get(String path) {
        return said(HttpMethod.GET, path, Buffer.buffer());
    }

    Future<Said> post(String path, JsonObject body) {
        return said(HttpMethod.POST, path, body.toBuffer());
    }

    Future<Void> close() {
        return client.close();
    }

    private record Answer(int status, Buffer body) {}

    private Future<Said> said(HttpMethod method, String path, Buffer body) {
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(settings.base().resolve("/v1/transit/" + path).toString())
                .setTimeout(settings.timeout().toMillis())
                .setIdleTimeout(settings.timeout().toMillis())
                .setFollowRedirects(false)
                .putHeader("X-Vault-Token", settings.token())
                .putHeader("X-Vault-Request", "true")
                .putHeader("Content-Type", "application/json");
        settings.namespace().ifPresent(name -> request.putHeader("X-Vault-Namespace", name));
        return client.request(request)
                // as one step: who calls from no event loop could else come to read the answer after it has gone by
                .compose(open -> open.send(body).compose(TransitCalls::whole))
                .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .transform(ended -> ended.succeeded()
                        ? understood(ended.result())
                        : away(ended.cause() instanceof TimeoutException ? "timeout" : "connection"));
    }

    private static Future<Answer> whole(HttpClientResponse response) {
        return response.body().map(body -> new Answer(response.statusCode(), body));
    }

    private Future<Said> understood(Answer answer) {
        try {
            JsonObject body = answer.body().length() == 0 ? new JsonObject() : new JsonObject(answer.body());
            JsonObject data = body.getJsonObject("data", new JsonObject());
            String errors = String.valueOf(body.getJsonArray("errors", new JsonArray()));
            return switch (answer.status()) {
                case 200, 204 -> said(new Said.Yes(data == null ? new JsonObject() : data), "yes");
                case 400 -> said(new Said.No(data == null ? new JsonObject() : data, errors), "no");
                case 404 -> said(new Said.Nothing(), "nothing");
                // 403 a token that is spent or may not, 429 too many, 503 sealed or in maintenance: none is for good
                default -> away("status-" + answer.status());
            };
        } catch (DecodeException | ClassCastException nonsense) {
            return away("nonsense");
        }
    }

    private Future<Said> said(Said said, String result) {
        count(result);
        return Future.succeededFuture(said);
    }

    <T> Future<T> away(String why) {
        count(why);
        LOG.warn("transit engine away reason={}", why);
        return Future.failedFuture(new Unavailable("transit " + why));
    }

    private void count(String result) {
        meters.counter("sluice.vault.transit.calls", "result", result).increment();
    }
}
