package io.sluice.gateway.account;

import java.util.regex.Pattern;

/**
 * The form of a language tag (BCP 47; RFC 5646, 2.1) that begins with a language. Java's own reading of one is not asked: it keeps
 * every tag that it was ever shown, and a tag can say anything ({@code en-x-…}).
 */
final class LanguageTag {

    // language with its extension, script, region, variants, extensions, private use
    private static final Pattern FORM = Pattern.compile(
            "(?!und\\b)([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})"
                    + "(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"
                    + "(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
                    + "(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
            Pattern.CASE_INSENSITIVE);

    private LanguageTag() {}

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
