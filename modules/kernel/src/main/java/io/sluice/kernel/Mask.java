package io.sluice.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a value is shown to whoever may know of it but need not read it (clause B7). A mask has an answer to every text, and none
 * tells how much it hides.
 */
public enum Mask {
    /** Nothing but that there is a value. */
    HIDDEN,
    /** The first letter or digit of each word. */
    INITIALS,
    /** The last four characters, of a value of which they are no more than half. */
    LAST4,
    /** The first letter or digit, and what stands behind the last {@code @}. */
    MAILBOX;

    /** What stands for all that is not shown, be it much or little. */
    public static final String HIDING = "•••";

    private static final int SHOWN_AT_THE_END = 4;
    private static final int NONE = -1;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Mask> named(String id) {
        return Arrays.stream(values()).filter(mask -> mask.id().equals(id)).findFirst();
    }

    /** What is shown of a value. */
    public String shown(String value) {
        return switch (this) {
            case HIDDEN -> HIDING;
            case INITIALS -> initials(value);
            case LAST4 -> ending(value);
            case MAILBOX -> mailbox(value);
        };
    }

    private static String initials(String value) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < value.length()) {
            int end = wordEnd(value, at);
            if (end > at) {
                shown.append(shown.isEmpty() ? "" : " ").append(beginning(value.substring(at, end)));
            }
            at = end + 1;
        }
        return shown.isEmpty() ? HIDING : shown.toString();
    }

    // what parts words is one char in every script: no space lies beyond the basic plane
    private static int wordEnd(String value, int from) {
        int at = from;
        while (at < value.length() && !isSpace(value.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char one) {
        return Character.isWhitespace(one) || Character.isSpaceChar(one);
    }

    /** A text by its first letter or digit, if it has one: by no other sign, for some of them turn round what follows. */
    private static String beginning(String text) {
        int first =
                text.codePoints().filter(Character::isLetterOrDigit).findFirst().orElse(NONE);
        return first == NONE ? HIDING : Character.toString(first) + HIDING;
    }

    private static String ending(String value) {
        int length = value.codePointCount(0, value.length());
        return length < 2 * SHOWN_AT_THE_END
                ? HIDING
                : HIDING + value.substring(value.offsetByCodePoints(value.length(), -SHOWN_AT_THE_END));
    }

    private static String mailbox(String value) {
        int at = value.lastIndexOf('@');
        return at < 0 ? HIDING : beginning(value.substring(0, at)) + value.substring(at);
    }
}
