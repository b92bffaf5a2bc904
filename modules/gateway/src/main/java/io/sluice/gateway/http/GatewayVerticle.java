package io.sluice.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of one event loop; deploy as many as there are loops. Every request is counted, traced, limited, and
 * answered: by its route, or by a problem document.
 *
 * <p>The access log and the metrics name the route's pattern, never the path: a path can hold an id. They name no method that the
 * client made up either.
 */
public final class GatewayVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);

    // a client may make up methods, and each new one would be a time series that stays
    private static final Set<HttpMethod> NAMED = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    // a storm at the API must not fill the room of partners' callbacks
    private static final String CALLBACKS = "/v1/webhooks/";

    private final HttpSettings settings;
    private final List<Routes> callbacks;
    private final Handler<RoutingContext> admission;
    private final List<Routes> routes;
    private final MeterRegistry meters;
    private final AtomicInteger requestsInFlight = new AtomicInteger();
    private final AtomicInteger callbacksInFlight = new AtomicInteger();
    private volatile @Nullable HttpServer server;
    private volatile @Nullable ServedPaths served;

    /**
     * @param callbacks partners' routes, which read the raw body themselves
     * @param admission sees all other requests before their bodies are read, and answers those that are not to go on
     * @param routes all others; they find the body read, within its limit
     */
    public GatewayVerticle(
            HttpSettings settings,
            List<Routes> callbacks,
            Handler<RoutingContext> admission,
            List<Routes> routes,
            MeterRegistry meters) {
        this.settings = settings;
        this.callbacks = List.copyOf(callbacks);
        this.admission = admission;
        this.routes = List.copyOf(routes);
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        Router router = router();
        served = ServedPaths.of(router);
        return vertx.createHttpServer(settings.serverOptions())
                .requestHandler(router)
                .listen()
                .onSuccess(listening -> server = listening);
    }

    /** From now on new connections are met with this certificate; those that are open stay. */
    public Future<Void> renew(ServerTls tls) {
        return Objects.requireNonNull(server, "not started")
                .updateSSLOptions(tls.renewal())
                .mapEmpty();
    }

    /** The port that was bound. */
    public int port() {
        return Objects.requireNonNull(server, "not started").actualPort();
    }

    /** Each method on each path that is served, such as {@code GET /v1/orders/:id}. */
    public Set<String> served() {
        return Objects.requireNonNull(served, "not started").names();
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(this::measured);
        router.errorHandler(404, this::unserved);
        router.errorHandler(405, this::unserved);
        router.errorHandler(413, http -> Answers.problem(http, Problems.of(RequestRefusal.TOO_LARGE)));
        router.errorHandler(400, http -> Answers.problem(http, Problems.of(RequestRefusal.INVALID_PARAMETER)));
        router.errorHandler(
                500,
                http -> Answers.failed(
                        http, http.failure() == null ? new IllegalStateException("no cause") : http.failure()));
        callbacks.forEach(part -> part.mount(router));
        router.route().handler(admission);
        router.route().handler(BodyHandler.create(false).setBodyLimit(settings.maxBody()));
        routes.forEach(part -> part.mount(router));
        router.getRoutes().forEach(GatewayVerticle::withHead);
        return router;
    }

    /** Wherever GET is served, HEAD is, and its body is left out at the end (RFC 9110, 9.3.2). */
    private static void withHead(Route route) {
        if (route.methods() != null && route.methods().contains(HttpMethod.GET)) {
            route.method(HttpMethod.HEAD);
        }
    }

    /**
     * Nothing at this path, or not by this method. The router's own 405 is not to be relied on: it forgets what it has seen in
     * front of a route that takes everything, such as the reading of bodies.
     */
    private void unserved(RoutingContext http) {
        String allowed = Objects.requireNonNull(served, "not started").allowedAt(http.normalizedPath());
        if (allowed.isEmpty()) {
            Answers.problem(http, Problems.of(RequestRefusal.NO_SUCH_RESOURCE));
            return;
        }
        // RFC 9110, 15.5.6
        http.response().putHeader("Allow", allowed);
        Answers.problem(http, Problems.of(RequestRefusal.METHOD_NOT_ALLOWED));
    }

    private void measured(RoutingContext http) {
        AtomicInteger inFlight = http.normalizedPath().startsWith(CALLBACKS) ? callbacksInFlight : requestsInFlight;
        if (inFlight.incrementAndGet() > settings.maxInFlight()) {
            inFlight.decrementAndGet();
            meters.counter("sluice.http.turned-away").increment();
            Answers.problem(http, Problems.of(RequestRefusal.OVERLOADED));
            return;
        }
        long began = System.nanoTime();
        http.response().putHeader("X-Content-Type-Options", "nosniff").putHeader("Referrer-Policy", "no-referrer");
        if (settings.isHttpsOnly()) {
            // RFC 6797
            http.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        http.addEndHandler(ended -> {
            inFlight.decrementAndGet();
            long took = System.nanoTime() - began;
            String route = http.currentRoute() == null || http.currentRoute().getPath() == null
                    ? "none"
                    : http.currentRoute().getPath();
            HttpMethod called = http.request().method();
            String method = NAMED.contains(called) ? called.name() : "other";
            String status = Integer.toString(http.response().getStatusCode());
            Timer.builder("sluice.http.requests")
                    .tag("method", method)
                    .tag("route", route)
                    .tag("status", status)
                    .register(meters)
                    .record(took, TimeUnit.NANOSECONDS);
            LOG.debug(
                    "request method={} route={} status={} micros={} trace={}",
                    method,
                    route,
                    status,
                    took / 1000,
                    Trace.of(http).traceId());
        });
        http.next();
    }

    /** Takes no new connections, lets requests in hand be answered. */
    @Override
    public Future<?> stop() {
        HttpServer running = server;
        return running == null ? Future.succeededFuture() : running.shutdown(10, TimeUnit.SECONDS);
    }
}
