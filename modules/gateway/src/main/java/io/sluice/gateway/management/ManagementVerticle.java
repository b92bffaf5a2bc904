package io.sluice.gateway.management;

import io.sluice.gateway.http.ServerTls;
import io.sluice.guard.Minimisation;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Answers probes, the metrics collector, and who asks what of the law is not needed. */
public final class ManagementVerticle extends VerticleBase {

    private static final long CHECK_TIMEOUT_MILLIS = 1_500;
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final String host;
    private final int wantedPort;
    private final Optional<ServerTls> tls;
    private final List<HealthCheck> checks;
    private final Supplier<String> metrics;
    private final Supplier<Optional<Minimisation.Report>> minimisation;
    private volatile @Nullable HttpServer server;

    /**
     * @param port 0 takes a free one
     * @param tls certificate and key; empty for plain text
     * @param checks all must hold for the node to be ready
     * @param metrics everything measured, in Prometheus' text format
     * @param minimisation what handlers do with what they are granted; empty as long as there are none
     */
    public ManagementVerticle(
            String host,
            int port,
            Optional<ServerTls> tls,
            List<HealthCheck> checks,
            Supplier<String> metrics,
            Supplier<Optional<Minimisation.Report>> minimisation) {
        this.host = host;
        this.wantedPort = port;
        this.tls = tls;
        this.checks = List.copyOf(checks);
        this.metrics = metrics;
        this.minimisation = minimisation;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options =
                new HttpServerOptions().setMaxHeaderSize(4096).setIdleTimeout(30);
        tls.ifPresent(each -> each.secure(options));
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen(wantedPort, host)
                .onSuccess(listening -> server = listening);
    }

    /** From now on new connections are met with this certificate. */
    public Future<Void> renew(ServerTls renewed) {
        return listening().updateSSLOptions(renewed.renewal()).mapEmpty();
    }

    /** The port that it listens on, once deployed. */
    public int port() {
        return listening().actualPort();
    }

    private HttpServer listening() {
        HttpServer listening = server;
        if (listening == null) {
            throw new IllegalStateException("the management server does not listen yet");
        }
        return listening;
    }

    private void answer(HttpServerRequest request) {
        switch (Objects.requireNonNullElse(request.path(), "")) {
            case "/health/live" ->
                send(request, 200, JSON, new JsonObject().put("status", "up").encode());
            case "/health/ready" -> ready(request);
            case "/metrics" -> send(request, 200, PROMETHEUS, metrics.get());
            case "/minimisation" -> minimisation(request);
            default ->
                send(request, 404, "text/plain", "Here are /health/live, /health/ready, /metrics and /minimisation.\n");
        }
    }

    private void minimisation(HttpServerRequest request) {
        minimisation
                .get()
                .ifPresentOrElse(
                        report -> send(request, 200, JSON, MinimisationPage.of(report)),
                        () -> send(request, 503, "text/plain", "The node is still starting.\n"));
    }

    private void ready(HttpServerRequest request) {
        List<Future<Boolean>> answers = checks.stream().map(this::holds).toList();
        Future.all(answers).onSuccess(all -> {
            boolean ready = answers.stream().allMatch(Future::result);
            JsonObject each = new JsonObject();
            IntStream.range(0, checks.size())
                    .forEach(i ->
                            each.put(checks.get(i).name(), status(answers.get(i).result())));
            JsonObject body = new JsonObject().put("status", status(ready)).put("checks", each);
            send(request, ready ? 200 : 503, JSON, body.encode());
        });
    }

    private Future<Boolean> holds(HealthCheck check) {
        return Future.succeededFuture()
                .compose(now -> check.holds().get())
                .map(yes -> true)
                .timeout(CHECK_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                // a check that fails, throws or is late does not hold: that is its whole meaning
                .otherwise(false);
    }

    private static String status(boolean up) {
        return up ? "up" : "down";
    }

    private static void send(HttpServerRequest request, int status, String type, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .end(body);
    }
}
