package io.sluice.gateway.partner;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A partner's answer, read with suspicion: what is not of the expected type, or too long, is not there. */
record Answered(JsonObject body) {

    private static final int MAX_TEXT = 1024;

    @Nullable String text(String name) {
        return body.getValue(name) instanceof String text && text.length() <= MAX_TEXT && text.indexOf('\0') < 0
                ? text
                : null;
    }

    @Nullable Long number(String name) {
        return body.getValue(name) instanceof Number number && (number instanceof Integer || number instanceof Long)
                ? Long.valueOf(number.longValue())
                : null;
    }

    Answered within(String name) {
        return new Answered(body.getValue(name) instanceof JsonObject inner ? inner : new JsonObject());
    }
}
