package io.sluice.app.sandbox;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Reads a request's members and refuses what is not as the protocol says. Members that it does not know stay unread. */
record Fields(JsonObject from) {

    private static final long MAX_AMOUNT = 99_999_999_999L;

    /** A text that must be there, not blank and at most so long. */
    String text(String name, int maxLength) {
        String text = textOrNull(name, maxLength);
        if (text == null || text.isBlank()) {
            throw new RequestRefused(422, name + "_missing");
        }
        return text;
    }

    @Nullable String textOrNull(String name, int maxLength) {
        Object value = from.getValue(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || text.length() > maxLength) {
            throw new RequestRefused(422, name + "_invalid");
        }
        return text;
    }

    /** A positive number of minor units that must be there. */
    long amount() {
        Long amount = amountOrNull();
        if (amount == null) {
            throw new RequestRefused(422, "amount_missing");
        }
        return amount;
    }

    @Nullable Long amountOrNull() {
        Object value = from.getValue("amount");
        if (value == null) {
            return null;
        }
        if (!(value instanceof Integer || value instanceof Long)) {
            throw new RequestRefused(422, "amount_invalid");
        }
        long amount = ((Number) value).longValue();
        if (amount < 1 || amount > MAX_AMOUNT) {
            throw new RequestRefused(422, "amount_invalid");
        }
        return amount;
    }

    boolean flag(String name) {
        Object value = from.getValue(name);
        if (value != null && !(value instanceof Boolean)) {
            throw new RequestRefused(422, name + "_invalid");
        }
        return Boolean.TRUE.equals(value);
    }

    /** An object that must be there. */
    Fields object(String name) {
        Object value = from.getValue(name);
        if (!(value instanceof JsonObject object)) {
            throw new RequestRefused(422, name + "_missing");
        }
        return new Fields(object);
    }
}
