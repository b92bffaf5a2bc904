package io.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A whole number, written as one: no fraction, no exponent, no quotes. */
public final class JsonWhole extends JsonValue<Long> {

    // what has more digits than this fits no bound, and need not be made a number to see it
    private static final int MOST_DIGITS = 18;
    private static final long LARGEST = 999_999_999_999_999_999L;

    private final long min;
    private final long max;

    private JsonWhole(long min, long max) {
        if (min > max || min < -LARGEST || max > LARGEST) {
            throw new IllegalArgumentException("bounds are in order and have at most " + MOST_DIGITS + " digits");
        }
        this.min = min;
        this.max = max;
    }

    /** From {@code min} to {@code max}, both included. */
    public static JsonWhole between(long min, long max) {
        return new JsonWhole(min, max);
    }

    @Override
    @Nullable Long read(JsonSource in) throws IOException {
        if (in.token() == JsonToken.VALUE_NUMBER_INT) {
            String digits = in.text();
            if (!CardNumbers.isIn(digits) && digits.length() <= MOST_DIGITS) {
                long value = Long.parseLong(digits);
                if (value >= min && value <= max) {
                    return value;
                }
            }
        }
        in.refuse("must be an integer from " + min + " to " + max);
        return null;
    }
}
