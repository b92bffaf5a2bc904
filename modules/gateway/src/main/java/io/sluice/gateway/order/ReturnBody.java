package io.sluice.gateway.order;

import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonText;
import io.sluice.gateway.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/orders/{id}/returns}: what is to come back, and why.
 *
 * @param lines by their place in the order, counted from 0
 */
record ReturnBody(List<OrderPlaces.Place> lines, String reason) {

    private static final int MAX_REASON = 20;

    /** A closed list: in a text of their own, people would write of themselves, and it rests in clear. */
    private static final List<String> REASONS =
            List.of("damaged", "incomplete", "wrong_item", "late", "not_as_described", "unwanted");

    static final JsonValue<ReturnBody> SHAPE = JsonObject.<Draft>empty()
            .required(
                    "reason",
                    JsonText.upTo(MAX_REASON)
                            .matching(REASONS::contains, "must be one of " + String.join(", ", REASONS)),
                    (draft, text) -> draft.reason = text)
            .required("lines", OrderPlaces.some(), (draft, places) -> draft.lines = places)
            .as(Draft::new, draft -> new ReturnBody(draft.lines, draft.reason));

    /** What {@code POST /v1/staff/orders/{id}/returns/{return}/refund} may say: less than the pieces cost. */
    static final JsonValue<Money> MONEY = JsonObject.<Draft>empty()
            .optional("amount", RefundBody.AMOUNT, (draft, amount) -> draft.amount = amount)
            .as(Draft::new, draft -> new Money(draft.amount));

    /** @param amount null for what the pieces cost */
    record Money(RefundBody.@Nullable Amount amount) {}

    ReturnBody {
        lines = List.copyOf(lines);
    }

    /** The same text for the same request, however its JSON was laid out. */
    String canonical() {
        return reason + "\n" + lines;
    }

    private static final class Draft {
        private String reason = "";
        private List<OrderPlaces.Place> lines = List.of();
        private RefundBody.@Nullable Amount amount;
    }
}
