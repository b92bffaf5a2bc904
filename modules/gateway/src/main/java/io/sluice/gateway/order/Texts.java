package io.sluice.gateway.order;

import io.sluice.gateway.json.JsonText;
import java.util.regex.Pattern;

/** Texts that several bodies of this room hold. */
final class Texts {

    static final JsonText CURRENCY = matching(3, Pattern.compile("[A-Z]{3}"), "must be an ISO 4217 code");

    private Texts() {}

    static JsonText matching(int max, Pattern format, String mustBe) {
        return JsonText.upTo(max).matching(text -> format.matcher(text).matches(), mustBe);
    }
}
