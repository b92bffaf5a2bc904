package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Orders;
import io.sluice.gateway.account.Principal;
import io.sluice.gateway.account.SignedIn;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Parameters;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.json.JsonBody;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.vault.KeyedHash;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A customer's own orders: list, one, its history, cancel, send back; and the shop window. Another's order is not found. */
public final class OrderRoutes implements Routes {

    private final SignedIn signedIn;
    private final Bus bus;
    private final OrderEventStream stream;
    private final KeyedHash hash;
    private final int maxDepth;

    public OrderRoutes(SignedIn signedIn, Bus bus, OrderEventStream stream, KeyedHash hash, int maxDepth) {
        this.signedIn = signedIn;
        this.bus = bus;
        this.stream = stream;
        this.hash = hash;
        this.maxDepth = maxDepth;
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/products").handler(http -> Answers.guarded(http, () -> products(http)));
        router.get("/v1/orders").handler(signedIn.anybody(this::list));
        router.get("/v1/orders/:id").handler(signedIn.anybody(this::one));
        router.get("/v1/orders/:id/events").handler(signedIn.anybody(this::events));
        router.post("/v1/orders/:id/cancel").handler(signedIn.anybody(this::cancel));
        router.post("/v1/orders/:id/returns").handler(signedIn.anybody(this::sendBack));
    }

    private void products(RoutingContext http) {
        page(http, Orders.OFFERED, Parcel.plain(), OrderJson::offer);
    }

    private void list(RoutingContext http, Principal who) {
        Parties parties = Parties.of(who.subject(), who.subject().value());
        page(http, Orders.LIST, Parcel.about(parties), OrderJson::order);
    }

    private void one(RoutingContext http, Principal who) {
        Answers.answer(http, bus.ask(Orders.FIND, about(who, Parameters.id(http, "id"))), order -> shown(http, order));
    }

    private void cancel(RoutingContext http, Principal who) {
        UUID id = Parameters.id(http, "id");
        List<OrderPlaces.Place> places = hasBody(http)
                ? JsonBody.read(http, LinesBody.REMAINING, maxDepth).lines()
                : null;
        Future<Outcome<OrderSummary>> cancelled = named(who, id, places, OrderPlaces::kept)
                .compose(kept -> bus.ask(Orders.CANCEL, about(who, id).with(CommerceFields.LINES, kept)));
        Answers.answer(http, cancelled, order -> told(http, 200, order));
    }

    static boolean hasBody(RoutingContext http) {
        return http.body().length() > 0;
    }

    private void sendBack(RoutingContext http, Principal who) {
        UUID id = Parameters.id(http, "id");
        String header = IdempotencyKey.inOrFresh(http);
        ReturnBody wanted = JsonBody.read(http, ReturnBody.SHAPE, maxDepth);
        IdempotencyKey key = IdempotencyKey.of(http, who.subject().value(), header, wanted.canonical(), hash);
        Future<Outcome<OrderSummary>> asked = named(who, id, wanted.lines(), OrderPlaces::chosen)
                .compose(lines -> bus.ask(
                        Orders.SEND_BACK,
                        key.on(about(who, id))
                                .with(CommerceFields.LINES, lines)
                                .with(CommerceFields.REASON, wanted.reason())));
        Answers.answer(http, asked, order -> created(http, order));
    }

    /** What the places mean in the asker's order; null for none. */
    private Future<@Nullable List<LineWanted>> named(
            Principal who,
            UUID id,
            @Nullable List<OrderPlaces.Place> places,
            BiFunction<OrderSummary, List<OrderPlaces.Place>, List<LineWanted>> meaning) {
        return places == null
                ? Future.succeededFuture(null)
                : OrderPlaces.of(bus.ask(Orders.FIND, about(who, id)), order -> meaning.apply(order, places));
    }

    private void events(RoutingContext http, Principal who) {
        UUID id = Parameters.id(http, "id");
        String accept = Objects.requireNonNullElse(http.request().getHeader("accept"), "");
        if (accept.contains("text/event-stream")) {
            stream.open(http, who, id);
            return;
        }
        page(http, Orders.HAPPENED, about(who, id), OrderJson::happening);
    }

    /** Asks for the page that the request wants, and answers with it. */
    private <T> void page(
            RoutingContext http, Address<?, Orders.Page<T>> address, Parcel about, OrderJson.Item<T> item) {
        Parcel query = about.with(CommerceFields.CURSOR, Parameters.cursor(http))
                .with(CommerceFields.LIMIT, Parameters.limit(http));
        Answers.answer(
                http,
                bus.ask(address, query),
                page -> Answers.json(http, 200, json -> OrderJson.page(json, page, item)));
    }

    static Parcel about(Principal who, UUID order) {
        return Parcel.about(Parties.of(who.subject(), order)).with(CommerceFields.ORDER_ID, order);
    }

    private static void shown(RoutingContext http, OrderSummary order) {
        tagged(http, tag(order), () -> told(http, 200, order));
    }

    /** What is answered to, with the tag of how it stands; or 304 if the client has it so (RFC 9110, 13.1.2). */
    static void tagged(RoutingContext http, String tag, Runnable answer) {
        http.response().putHeader("ETag", tag);
        if (isKnown(tag, http.request().headers().getAll("if-none-match"))) {
            Answers.empty(http.response(), 304);
            return;
        }
        answer.run();
    }

    /** An order that has just been made, or added to. */
    static void created(RoutingContext http, OrderSummary order) {
        http.response().putHeader("Location", "/v1/orders/" + order.id());
        told(http, 201, order);
    }

    static void told(RoutingContext http, int status, OrderSummary order) {
        http.response().putHeader("ETag", tag(order));
        Answers.json(http, status, json -> OrderJson.order(json, order));
    }

    /** Whether the order is still as one of these tags says; they are compared strongly (RFC 9110, 13.1.1). */
    static boolean isMatched(OrderSummary order, List<String> headers) {
        return isNamed(headers, known -> known.equals("*") || known.equals(tag(order)));
    }

    private static String tag(OrderSummary order) {
        return "\"" + order.version() + "\"";
    }

    // compared weakly, as a list or a star (RFC 9110, 8.8.3.2 and 13.1.2); our tags hold no comma
    private static boolean isKnown(String tag, List<String> headers) {
        return isNamed(headers, known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
    }

    private static boolean isNamed(List<String> headers, Predicate<String> isIt) {
        return headers.stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(String::strip)
                .anyMatch(isIt);
    }
}
