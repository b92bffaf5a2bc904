package io.sluice.gateway.order;

import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that names lines. Where goods are sent, one that names none means all that is left; where an order is made smaller it is
 * refused, so that a misspelt or forgotten member does not cancel the whole.
 *
 * @param lines by their place in the order
 */
record LinesBody(@Nullable List<OrderPlaces.Place> lines) {

    /** What {@code POST /v1/staff/orders/{id}/dispatch} takes: what is to be sent. */
    static final JsonValue<LinesBody> SENT = shape(
            JsonObject.<Draft>empty().optional("lines", OrderPlaces.some(), (draft, lines) -> draft.lines = lines));

    /** What {@code POST /v1/orders/{id}/cancel} takes: what is to remain. */
    static final JsonValue<LinesBody> REMAINING = shape(JsonObject.<Draft>empty()
            .required("lines", OrderPlaces.remaining(), (draft, lines) -> draft.lines = lines));

    LinesBody {
        lines = lines == null ? null : List.copyOf(lines);
    }

    private static JsonValue<LinesBody> shape(JsonObject<Draft> body) {
        return body.as(Draft::new, draft -> new LinesBody(draft.lines));
    }

    /** The same text for the same request, however its JSON was laid out. */
    String canonical() {
        return String.valueOf(lines);
    }

    private static final class Draft {
        private @Nullable List<OrderPlaces.Place> lines;
    }
}
