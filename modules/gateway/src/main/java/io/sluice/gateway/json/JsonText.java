package io.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A text: not blank, of at most so many characters, without control characters (U+0000 among them) and halves of surrogate
 * pairs, and without a card number.
 */
public final class JsonText extends JsonValue<String> {

    private final int min;
    private final int max;
    private final Predicate<String> format;
    private final String mustBe;
    private final boolean isExempt;

    private JsonText(int min, int max, Predicate<String> format, String mustBe, boolean isExempt) {
        this.min = min;
        this.max = max;
        this.format = format;
        this.mustBe = mustBe;
        this.isExempt = isExempt;
    }

    /** 1 to {@code max} characters (Unicode code points). */
    public static JsonText upTo(int max) {
        return new JsonText(1, max, any -> true, "", false);
    }

    public JsonText atLeast(int characters) {
        return new JsonText(characters, max, format, mustBe, isExempt);
    }

    /** @param mustBe how whoever got it wrong is told, such as "must be an ISO 4217 code" */
    public JsonText matching(Predicate<String> format, String mustBe) {
        return new JsonText(min, max, format, mustBe, isExempt);
    }

    /** What matches the format may look like a card number and is none: {@code sku}, and an E.164 {@code phone}. */
    public JsonText exempt() {
        return new JsonText(min, max, format, mustBe, true);
    }

    @Override
    @Nullable String read(JsonSource in) throws java.io.IOException {
        if (in.token() != JsonToken.VALUE_STRING) {
            in.refuse("must be a string");
            return null;
        }
        String text = in.text();
        String wrong = wrongWith(text);
        if ((wrong != null || !isExempt) && CardNumbers.isIn(text)) {
            in.refuseCardNumber();
            return null;
        }
        if (wrong != null) {
            in.refuseValue(wrong);
            return null;
        }
        return text;
    }

    private @Nullable String wrongWith(String text) {
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max || text.isBlank()) {
            return "must have " + min + " to " + max + " characters";
        }
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
                return "must not hold control characters";
            }
            i += Character.charCount(point);
        }
        return format.test(text) ? null : mustBe;
    }
}
