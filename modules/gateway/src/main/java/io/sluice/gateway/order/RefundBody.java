package io.sluice.gateway.order;

import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonText;
import io.sluice.gateway.json.JsonValue;
import io.sluice.gateway.json.JsonWhole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/staff/orders/{id}/refunds}: an amount, or lines, or neither for all that is left.
 *
 * @param lines by their place in the order, counted from 0, with the quantity to give back
 */
record RefundBody(@Nullable Amount amount, @Nullable List<OrderPlaces.Place> lines, String reason) {

    private static final int MAX_REASON = 20;

    /** A closed list: in a text of their own, staff would sooner or later name the customer, and it rests in clear. */
    private static final List<String> REASONS =
            List.of("damaged", "incomplete", "wrong_item", "late", "returned", "duplicate", "goodwill");

    private static final long MAX_AMOUNT = 1_000_000_000_000L;

    /** An amount of money. */
    static final JsonValue<Amount> AMOUNT = JsonObject.<Draft>empty()
            .required("amount", JsonWhole.between(1, MAX_AMOUNT), (draft, minor) -> draft.minor = minor)
            .required("currency", Texts.CURRENCY, (draft, text) -> draft.text = text)
            .as(Draft::new, draft -> new Amount(draft.minor, draft.text));

    /** What {@code POST /v1/staff/orders/{id}/refunds} takes. */
    static final JsonValue<RefundBody> SHAPE = JsonObject.<Draft>empty()
            .required(
                    "reason",
                    JsonText.upTo(MAX_REASON)
                            .matching(REASONS::contains, "must be one of " + String.join(", ", REASONS)),
                    (draft, text) -> draft.text = text)
            .optional("amount", AMOUNT, (draft, amount) -> draft.amount = amount)
            .optional("lines", OrderPlaces.some(), (draft, places) -> draft.places = places)
            .as(Draft::new, draft -> new RefundBody(draft.amount, draft.places, draft.text));

    /** In minor units. */
    record Amount(long minor, String currency) {}

    RefundBody {
        lines = lines == null ? null : List.copyOf(lines);
    }

    /** Throws {@link Refused} if the body asks for two things at once. */
    RefundBody requireOneMeasure() {
        if (amount != null && lines != null) {
            throw new Refused(Problems.of(
                    RequestRefusal.INVALID_FIELD, new Problem.At("/lines", "must not be there beside an amount")));
        }
        return this;
    }

    /** The same text for the same refund, however its JSON was laid out. No value holds a line break. */
    String canonical() {
        return reason + "\n" + amount + "\n" + lines;
    }

    /** What has been read of one of the objects so far. */
    private static final class Draft {
        private String text = "";
        private long minor;
        private @Nullable Amount amount;
        private @Nullable List<OrderPlaces.Place> places;
    }
}
