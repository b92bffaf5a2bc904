package io.sluice.app.sandbox;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * One event to tell the shop of. Its body depends on the book's line alone, so that it is the same at every attempt, also
 * after a restart.
 *
 * @param id the {@code webhook-id}, and the book's
 * @param dice what the fault switchboard throws its dice on: the same in every run that asks the same, as the id is not
 */
record Callback(String id, String dice, String body, Protocol protocol) {

    /** How the shop is told. */
    enum Protocol {
        STANDARD_WEBHOOKS,
        STRIPE
    }

    /** A new event's id. Holds no dot, since a dot ends it in the signed text. */
    static String newId(UUID id) {
        return "evt_" + id;
    }

    /** The ids of what a line of the book is told by: of one event, or of the two that it says happened at once. */
    static List<String> ids(JsonObject line) {
        String first = line.getString("event");
        String also = line.getString("also");
        return also == null
                ? List.of(first)
                : List.of(first, newId(UUID.nameUUIDFromBytes((first + also).getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * @param key the idempotency key of what it is about
     * @param type such as {@code capture.succeeded}
     * @param at RFC 3339
     */
    static Callback of(String id, String key, String type, String at, JsonObject about) {
        return new Callback(
                id,
                type + " " + key,
                new JsonObject()
                        .put("type", type)
                        .put("timestamp", at)
                        .put("data", about)
                        .encode(),
                Protocol.STANDARD_WEBHOOKS);
    }
}
