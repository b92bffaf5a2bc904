package io.sluice.gateway.partner;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A partner's answer, read with suspicion: what is not of the expected type, or too long, is not there. */
record Answered(JsonObject body) {

    private static final int MAX_TEXT = 1024;
    private static final Pattern CODE = Pattern.compile("[a-z0-9_.-]{1,64}");

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

    /** The word of a list; what could say anything, of anybody, is not there. */
    @Nullable String code(String name) {
        String text = text(name);
        return text != null && isCode(text) ? text : null;
    }

    static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(body.getValue(name));
    }

    Answered within(String name) {
        return new Answered(body.getValue(name) instanceof JsonObject inner ? inner : new JsonObject());
    }

    /** The objects of a list; null if it is none, or holds anything else. */
    @Nullable List<Answered> list(String name) {
        if (!(body.getValue(name) instanceof JsonArray array)
                || !array.stream().allMatch(JsonObject.class::isInstance)) {
            return null;
        }
        return array.stream().map(JsonObject.class::cast).map(Answered::new).toList();
    }
}
