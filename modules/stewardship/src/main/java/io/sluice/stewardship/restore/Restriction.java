package io.sluice.stewardship.restore;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that was taken away.
 *
 * @param number counts all of them, without gaps
 * @param data the person's row as it was afterwards, and what they said; nothing personal
 */
public record Restriction(long number, Instant at, String data) {

    /** Under this kind second sinks keep them. */
    public static final String KIND = "person.restricted";

    /** As it is kept: the data with number and time. */
    public String json() {
        return new JsonObject(data)
                .put("number", number)
                .put("at", at.toString())
                .encode();
    }

    /** @throws RuntimeException if this is none */
    public static Restriction of(JsonObject kept) {
        JsonObject data = kept.copy();
        Object number = data.remove("number");
        Object at = data.remove("at");
        return new Restriction(((Number) number).longValue(), Instant.parse((String) at), data.encode());
    }

    UUID subject() {
        return UUID.fromString(new JsonObject(data).getString("subject"));
    }
}
