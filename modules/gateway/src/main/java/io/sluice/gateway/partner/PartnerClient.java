package io.sluice.gateway.partner;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.sluice.guard.Delivery;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a partner's JSON API, bounded in time and number, and tells definite answers from everything else. Who is told that it was too much
 * (RFC 6585, 4) has done nothing, and asks nothing more until the partner wants to be asked again. A partner that has answered hardly
 * any call is left alone for a while: its next orders wait, rather than each becoming doubtful in turn.
 */
final class PartnerClient {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerClient.class);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long LONGEST_QUIET_SECONDS = 60;

    /** Half of the calls within half a minute, twenty at least; then five calls decide whether it is there again. */
    private static final CircuitBreakerConfig PATIENCE = CircuitBreakerConfig.custom()
            .slidingWindow(30, 20, CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(5))
            .permittedNumberOfCallsInHalfOpenState(5)
            .build();

    private final HttpClient client;
    private final PartnerSettings settings;
    private final Dialect dialect;
    private final MeterRegistry meters;
    private final CircuitBreaker breaker;
    private long quietUntil = System.nanoTime();

    PartnerClient(Vertx vertx, PartnerSettings settings, Dialect dialect, MeterRegistry meters) {
        this(vertx, settings, dialect, meters, PATIENCE);
    }

    /** @param patience when the partner is left alone, and for how long */
    PartnerClient(
            Vertx vertx,
            PartnerSettings settings,
            Dialect dialect,
            MeterRegistry meters,
            CircuitBreakerConfig patience) {
        this.client = vertx.createHttpClient(
                options(settings),
                new PoolOptions().setHttp1MaxSize(settings.maxInFlight()).setMaxWaitQueueSize(settings.maxWaiting()));
        this.settings = settings;
        this.dialect = dialect;
        this.meters = meters;
        this.breaker = CircuitBreaker.of(settings.name(), patience);
        breaker.getEventPublisher().onStateTransition(event -> turned(event.getStateTransition()));
    }

    private void turned(CircuitBreaker.StateTransition turn) {
        String now = turn.getToState().name().toLowerCase(Locale.ROOT);
        meters.counter("sluice.partner.circuit", "partner", settings.name(), "to", now)
                .increment();
        LOG.warn("calls of a partner partner={} circuit={}", settings.name(), now);
    }

    private static HttpClientOptions options(PartnerSettings settings) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(settings.timeout().toMillis()))
                .setVerifyHost(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
        settings.ca().ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        return options;
    }

    /** @param retryAfter how many seconds to wait before asking again, as the header says it (RFC 9110, 10.2.3) */
    private record Answer(int status, @Nullable String retryAfter, Buffer body) {}

    /** A partner's definite answer. */
    sealed interface Said {

        /** 2xx. */
        record Yes(JsonObject body) implements Said {}

        /**
         * @param code the partner's word for the reason, if it has one that looks like a code
         * @param body what else it says; empty if that is no JSON
         */
        record No(int status, String code, JsonObject body) implements Said {}
    }

    /**
     * Asks for something to be done, once per key.
     *
     * @param delivery behind which it goes out: what has waited for a connection until it was no longer permitted stays here
     */
    Future<Said> post(Delivery<?> delivery, String path, String idempotencyKey, JsonObject body) {
        return post(delivery, path, idempotencyKey, "application/json", PartnerJson.bytes(body));
    }

    /** The same of a partner who takes forms. */
    Future<Said> post(Delivery<?> delivery, String path, String idempotencyKey, FormBody body) {
        return post(delivery, path, idempotencyKey, FormBody.TYPE, body.bytes());
    }

    private Future<Said> post(Delivery<?> delivery, String path, String idempotencyKey, String type, Buffer body) {
        RequestOptions request = request(HttpMethod.POST, path)
                .putHeader("idempotency-key", idempotencyKey)
                .putHeader("content-type", type);
        return said("post", () -> sent(delivery, request, body));
    }

    /** Asks what became of a key. */
    Future<Said> lookUp(Delivery<?> delivery, String path, String idempotencyKey) {
        QueryStringEncoder withKey = new QueryStringEncoder(path);
        withKey.addParam("idempotency_key", idempotencyKey);
        return lookUp(delivery, withKey.toString());
    }

    /** Asks how something stands. */
    Future<Said> lookUp(Delivery<?> delivery, String pathAndQuery) {
        return said("look-up", () -> sent(delivery, request(HttpMethod.GET, pathAndQuery), Buffer.buffer()));
    }

    /** What takes several calls may take no longer than one: who asked outwaits no more than that. */
    <T> Future<T> inTime(Future<T> calls) {
        return calls.timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .recover(
                        failed -> failed instanceof TimeoutException ? silent("timeout") : Future.failedFuture(failed));
    }

    /** Says that nothing was done, and that the partner has to be asked later. */
    <T> Future<T> unavailable() {
        return Future.failedFuture(new Unavailable(settings.name()));
    }

    void close() {
        client.close();
    }

    private RequestOptions request(HttpMethod method, String path) {
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(settings.base().resolve(path).toString())
                .setTimeout(settings.timeout().toMillis())
                .putHeader("authorization", "Bearer " + settings.apiKey())
                .putHeader("accept", "application/json");
        dialect.headers().forEach(request::putHeader);
        return request;
    }

    private Future<Answer> sent(Delivery<?> delivery, RequestOptions asked, Buffer body) {
        if (isQuiet()) {
            return unavailable();
        }
        return client.request(asked).compose(request -> {
            if (isQuiet() || !delivery.isStillPermitted()) {
                return request.reset().compose(unsent -> Future.failedFuture(new Unavailable("permit")));
            }
            return request.send(body)
                    .compose(response -> response.body()
                            .map(read -> new Answer(response.statusCode(), response.getHeader("retry-after"), read)));
        });
    }

    private boolean isQuiet() {
        return System.nanoTime() - quietUntil < 0;
    }

    private Future<Said> said(String what, Supplier<Future<Answer>> call) {
        if (!breaker.tryAcquirePermission()) {
            return unavailable();
        }
        long begun = System.nanoTime();
        Timer.Sample started = Timer.start(meters);
        Future<Answer> answer = call.get();
        // the request's own time-out is for each pause: one for a connection, then one for each piece of the answer
        Future<Answer> inTime = answer.timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return inTime.transform(ended -> {
            Future<Said> said = ended.succeeded() ? understood(ended.result()) : silence(ended.cause());
            boolean isThere = ended.succeeded() && ended.result().status() < 500;
            note(said, isThere, System.nanoTime() - begun);
            started.stop(meters.timer(
                    "sluice.partner.calls", "partner", settings.name(), "call", what, "result", result(said)));
            return said;
        });
    }

    /** Whoever answers is there, whatever they say. What was not sent says nothing of that. */
    private void note(Future<Said> said, boolean isThere, long nanos) {
        if (isThere) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else if (said.cause() instanceof Unavailable) {
            breaker.releasePermission();
        } else {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, said.cause());
        }
    }

    private static String result(Future<Said> said) {
        if (said.failed()) {
            return said.cause() instanceof Unavailable ? "unsent" : "silent";
        }
        return said.result() instanceof Said.Yes ? "yes" : "no";
    }

    private Future<Said> understood(Answer answer) {
        int status = answer.status();
        JsonObject body = PartnerJson.object(answer.body());
        if (status == TOO_MANY_REQUESTS) {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds(answer.retryAfter()));
            quietUntil = until - quietUntil > 0 ? until : quietUntil;
            return unavailable();
        }
        if (status / 100 == 2) {
            return body == null ? silent("no-json") : Future.succeededFuture(new Said.Yes(body));
        }
        JsonObject why = body == null ? new JsonObject() : body;
        return dialect.definite().contains(status)
                ? Future.succeededFuture(new Said.No(status, code(status, why), why))
                : silent("status-" + status);
    }

    /** At least one, and a minute at most; a date is not read. */
    private static long seconds(@Nullable String retryAfter) {
        boolean isNumber = retryAfter != null && retryAfter.matches("[0-9]{1,9}");
        return isNumber ? Math.clamp(Long.parseLong(retryAfter), 1, LONGEST_QUIET_SECONDS) : 1;
    }

    /** A stranger's text is taken for a code only if it looks like one, so that nothing else travels on as a reason. */
    private String code(int status, JsonObject body) {
        String code = dialect.code().apply(new Answered(body));
        return code != null && Answered.isCode(code) ? code : "status_" + status;
    }

    private Future<Said> silence(Throwable cause) {
        return switch (cause) {
            case Unavailable unsent -> Future.failedFuture(unsent);
            case ConnectionPoolTooBusyException busy -> unavailable();
            case TimeoutException late -> silent("timeout");
            case SSLException unproven -> silent("certificate-refused");
            case ConnectException refused -> silent("connection-refused");
            case HttpClosedException closed -> silent("connection-closed");
            default -> silent("connection-failed");
        };
    }

    private <T> Future<T> silent(String code) {
        return Future.failedFuture(new PartnerSilent(settings.name(), code));
    }

    /** An answer that makes no sense says nothing. */
    <T> Future<T> nonsense() {
        return silent("nonsense");
    }
}
