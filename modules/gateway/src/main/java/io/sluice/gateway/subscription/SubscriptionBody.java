package io.sluice.gateway.subscription;

import io.sluice.commerce.api.Subscriptions;
import io.sluice.gateway.json.JsonList;
import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonText;
import io.sluice.gateway.json.JsonValue;
import io.sluice.gateway.json.JsonWhole;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /v1/subscriptions} takes.
 *
 * @param events none for all
 */
record SubscriptionBody(String url, List<String> events) {

    private static final int LONGEST_NAME = 40;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    static final JsonValue<SubscriptionBody> SHAPE = JsonObject.<Draft>empty()
            .required("url", JsonText.upTo(ReceiverUrl.LONGEST), (draft, url) -> draft.url = url)
            .optional(
                    "events",
                    JsonList.of(
                            JsonText.upTo(LONGEST_NAME)
                                    .matching(
                                            Subscriptions.EVENTS::contains,
                                            "must be one of " + String.join(", ", new TreeSet<>(Subscriptions.EVENTS))),
                            Subscriptions.EVENTS.size()),
                    (draft, events) -> draft.events = events)
            .as(Draft::new, draft -> new SubscriptionBody(draft.url, draft.events));

    /**
     * What {@code POST /v1/subscriptions/{id}/replay} may say.
     *
     * @param order null for all that is parked
     * @param from the sequence number of the first event to be told again; null for the order's first
     */
    record Again(@Nullable UUID order, @Nullable Long from) {

        static final Again PARKED = new Again(null, null);

        static final JsonValue<Again> SHAPE = JsonObject.<Draft>empty()
                .optional(
                        "order_id",
                        JsonText.upTo(36)
                                .matching(text -> ID.matcher(text).matches(), "must be an id")
                                .exempt(),
                        (draft, order) -> draft.order = UUID.fromString(order))
                .optional("from_sequence", JsonWhole.between(1, 1_000_000_000), (draft, from) -> draft.from = from)
                .as(Draft::new, draft -> new Again(draft.order, draft.from));
    }

    SubscriptionBody {
        events = List.copyOf(new TreeSet<>(events));
    }

    /** The same text for the same subscription, however its JSON was laid out. */
    String canonical() {
        return url + "\n" + events;
    }

    private static final class Draft {
        private String url = "";
        private List<String> events = List.of();
        private @Nullable UUID order;
        private @Nullable Long from;
    }
}
