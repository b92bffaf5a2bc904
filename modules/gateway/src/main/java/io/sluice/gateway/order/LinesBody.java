package io.sluice.gateway.order;

import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that may name lines, and means the whole order if it names none.
 *
 * @param lines by their place in the order
 */
record LinesBody(@Nullable List<OrderPlaces.Place> lines) {

    /** What {@code POST /v1/staff/orders/{id}/dispatch} takes: what is to be sent. */
    static final JsonValue<LinesBody> SENT = shape(OrderPlaces.some());

    /** What {@code POST /v1/orders/{id}/cancel} takes: what is to remain. */
    static final JsonValue<LinesBody> REMAINING = shape(OrderPlaces.remaining());

    LinesBody {
        lines = lines == null ? null : List.copyOf(lines);
    }

    private static JsonValue<LinesBody> shape(JsonValue<List<OrderPlaces.Place>> places) {
        return JsonObject.<Draft>empty()
                .optional("lines", places, (draft, lines) -> draft.lines = lines)
                .as(Draft::new, draft -> new LinesBody(draft.lines));
    }

    /** The same text for the same request, however its JSON was laid out. */
    String canonical() {
        return String.valueOf(lines);
    }

    private static final class Draft {
        private @Nullable List<OrderPlaces.Place> lines;
    }
}
