package io.sluice.gateway.order;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Quote;
import io.sluice.commerce.ordering.OrderRefusal;
import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.json.JsonList;
import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonValue;
import io.sluice.gateway.json.JsonWhole;
import io.sluice.guard.Outcome;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lines of an order as a request names them: by their place, counted from 0. */
final class OrderPlaces {

    private static final int MAX_LINES = 100;
    private static final int MAX_QUANTITY = 10_000;

    private OrderPlaces() {}

    /** So many pieces of the line in that place. */
    record Place(int line, int quantity) {}

    /** Some of the lines, at least one piece of each. */
    static JsonValue<List<Place>> some() {
        return places(1);
    }

    /** Lines with what is to remain of each, which may be nothing. */
    static JsonValue<List<Place>> remaining() {
        return places(0);
    }

    private static JsonValue<List<Place>> places(int fewest) {
        JsonValue<Place> place = JsonObject.<Draft>empty()
                .required("line", JsonWhole.between(0, MAX_LINES - 1), (draft, line) -> draft.line = line)
                .required("quantity", JsonWhole.between(fewest, MAX_QUANTITY), (draft, many) -> draft.quantity = many)
                .as(Draft::new, draft -> new Place((int) draft.line, (int) draft.quantity));
        return JsonList.of(place, MAX_LINES);
    }

    /** What of an order is meant, once it is found. Fails with {@link Refused} if it is not. */
    static Future<@Nullable List<LineWanted>> of(
            Future<Outcome<OrderSummary>> found, Function<OrderSummary, List<LineWanted>> meaning) {
        return found.compose(Refused::unlessDone).compose(order -> Future.succeededFuture(meaning.apply(order)));
    }

    /** What stands in these places. Throws {@link Refused} where there is no line. */
    static List<LineWanted> chosen(OrderSummary order, List<Place> places) {
        List<LineWanted> lines = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            lines.add(new LineWanted(line(order, places, i).sku(), place.quantity()));
        }
        return lines;
    }

    /**
     * What is to remain of each product that is named. A product that stands in several lines keeps those that are not named.
     * Throws {@link Refused} where there is no line, or none of so many, or a line is named twice.
     */
    static List<LineWanted> kept(OrderSummary order, List<Place> places) {
        Set<Integer> named = new HashSet<>();
        List<LineWanted> kept = new ArrayList<>();
        Set<String> skus = new HashSet<>();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Quote.Line line = line(order, places, i);
            if (place.quantity() > line.quantity()) {
                throw refused(OrderRefusal.QUANTITY_RAISED, i, "quantity", "must not be more than was ordered");
            }
            if (!named.add(place.line())) {
                throw refused(OrderRefusal.LINE_UNCLEAR, i, "line", "must not be named twice");
            }
            skus.add(line.sku());
            kept.add(new LineWanted(line.sku(), place.quantity()));
        }
        for (int i = 0; i < order.lines().size(); i++) {
            Quote.Line line = order.lines().get(i);
            if (skus.contains(line.sku()) && !named.contains(i)) {
                kept.add(new LineWanted(line.sku(), line.quantity()));
            }
        }
        return kept;
    }

    private static Quote.Line line(OrderSummary order, List<Place> places, int at) {
        int line = places.get(at).line();
        if (line >= order.lines().size()) {
            throw refused(OrderRefusal.LINE_UNCLEAR, at, "line", "must be a line of the order");
        }
        return order.lines().get(line);
    }

    private static Refused refused(OrderRefusal why, int at, String member, String mustBe) {
        return new Refused(Problems.of(why, new Problem.At("/lines/" + at + "/" + member, mustBe)));
    }

    private static final class Draft {
        private long line;
        private long quantity;
    }
}
