package io.sluice.app.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * A parcel in the carrier's hands, as far as it remembers it; the address stands in the book alone.
 *
 * @param key the idempotency key that it was handed over under
 * @param reference the shop's word for it
 */
record Parcel(String id, String trackingNumber, Status status, String reference, String key) {

    enum Status {
        ACCEPTED,
        IN_TRANSIT,
        OUT_FOR_DELIVERY,
        DELIVERED,
        /** Something is in the way; it goes on by and by. */
        EXCEPTION,
        LOST,
        /** Nobody took it. */
        RETURNING,
        RETURNED,
        CANCELLED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Parcel moved(Status to) {
        return new Parcel(id, trackingNumber, to, reference, key);
    }

    /** As the shop is told. */
    JsonObject told() {
        return new JsonObject()
                .put("id", id)
                .put("tracking_number", trackingNumber)
                .put("status", status.word())
                .put("reference", reference)
                .put("idempotency_key", key);
    }

    /** As the book has it. */
    JsonObject noted() {
        return new JsonObject().put("effect", status.word()).mergeIn(told());
    }

    /** Reads a line of the book; throws if it is none of this version's. */
    static Parcel read(JsonObject line) {
        return new Parcel(
                line.getString("id"),
                line.getString("tracking_number"),
                Status.valueOf(line.getString("status").toUpperCase(Locale.ROOT)),
                line.getString("reference"),
                line.getString("idempotency_key"));
    }
}
