package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.OrderHappening;
import io.sluice.commerce.api.Orders;
import io.sluice.gateway.account.Authenticator;
import io.sluice.gateway.account.Principal;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * An order's events as they happen (server-sent events, WHATWG HTML 9.2). An event's id is its sequence number, so a client
 * that comes back with {@code Last-Event-ID} misses nothing. The session is asked about at every heartbeat; when it is over, or
 * the client does not keep up, the stream ends.
 */
public final class OrderEventStream {

    private static final long HEARTBEAT_MILLIS = 2_000;
    private static final long PAGE = 100;

    private final Vertx vertx;
    private final Bus bus;
    private final Authenticator authenticator;
    private final OrderWatch watch;

    public OrderEventStream(Vertx vertx, Bus bus, Authenticator authenticator, OrderWatch watch) {
        this.vertx = vertx;
        this.bus = bus;
        this.authenticator = authenticator;
        this.watch = watch;
    }

    void open(RoutingContext http, Principal who, UUID order) {
        String last = Objects.requireNonNullElse(http.request().getHeader("last-event-id"), "0");
        Stream stream = new Stream(http, who, order, last.matches("[0-9]{1,18}") ? Long.parseLong(last) : 0);
        // found first, so that another's order is a 404 and not an empty stream
        Answers.answer(http, bus.ask(Orders.FIND, OrderRoutes.about(who, order)), found -> stream.begin());
    }

    /** One client's stream; lives on its request's context. */
    private final class Stream {

        private final RoutingContext http;
        private final HttpServerResponse response;
        private final Principal who;
        private final UUID order;
        private final Context context = vertx.getOrCreateContext();
        private final Runnable onChange = () -> wake();
        private long last;
        private boolean isReading;
        private boolean isAskedAgain;
        private boolean isOver;
        private long heartbeat;

        Stream(RoutingContext http, Principal who, UUID order, long last) {
            this.http = http;
            this.response = http.response();
            this.who = who;
            this.order = order;
            this.last = last;
        }

        void begin() {
            if (Answers.isHead(http)) {
                // the stream's body is never over, and nobody waits for it
                head().end();
                return;
            }
            if (!watch.add(order, onChange)) {
                Answers.problem(http, Problems.of(RequestRefusal.OVERLOADED));
                return;
            }
            head().setChunked(true).closeHandler(closed -> end());
            write("retry: 2000\n\n");
            heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, tick -> beat());
            read();
        }

        private HttpServerResponse head() {
            return response.putHeader("Content-Type", "text/event-stream; charset=utf-8")
                    .putHeader("Cache-Control", "no-store, no-transform")
                    .putHeader("X-Accel-Buffering", "no");
        }

        private void wake() {
            context.runOnContext(onContext -> read());
        }

        private void read() {
            isAskedAgain = true;
            if (isReading || isOver) {
                return;
            }
            isReading = true;
            isAskedAgain = false;
            bus.ask(
                            Orders.HAPPENED,
                            OrderRoutes.about(who, order)
                                    .with(CommerceFields.CURSOR, Long.toString(last))
                                    .with(CommerceFields.LIMIT, PAGE))
                    .onComplete(answer -> {
                        isReading = false;
                        if (answer.succeeded()
                                && answer.result() instanceof Outcome.Done<Orders.Page<OrderHappening>> done) {
                            done.value().items().forEach(this::send);
                            isAskedAgain |= done.value().next() != null;
                        }
                        if (isAskedAgain) {
                            read();
                        }
                    });
        }

        private void send(OrderHappening event) {
            last = event.sequence();
            String data =
                    Answers.bytes(json -> OrderJson.happening(json, event)).toString(StandardCharsets.UTF_8);
            write("id: " + event.sequence() + "\nevent: order\ndata: " + data + "\n\n");
        }

        private void beat() {
            authenticator
                    .authenticate(http.request().getHeader("authorization"))
                    .onSuccess(outcome -> {
                        if (outcome instanceof Outcome.Done<Principal>) {
                            write(": still here\n\n");
                            read();
                        } else {
                            end();
                        }
                    })
                    .onFailure(cause -> end());
        }

        private void write(String text) {
            if (isOver) {
                return;
            }
            if (response.writeQueueFull()) {
                end(); // it comes back with the last id it saw, and misses nothing
                return;
            }
            response.write(text).onFailure(gone -> end());
        }

        private void end() {
            if (isOver) {
                return;
            }
            isOver = true;
            vertx.cancelTimer(heartbeat);
            watch.remove(order, onChange);
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        }
    }
}
