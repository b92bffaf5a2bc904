package io.sluice.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one flat JSON object in canonical form (RFC 8785): no white space, members in the order of their names' UTF-16 units,
 * nothing escaped that need not be. Texts, whole numbers and lists of texts are all that a leaf holds.
 */
public final class CanonicalJson {

    private static final char[] HEX = "0123456789abcdef".toCharArray();
    /** Beyond it a number is not what every reader of JSON makes of it (RFC 8785, appendix D). */
    private static final long MOST = (1L << 53) - 1;

    private final StringBuilder out = new StringBuilder(512).append('{');
    private String last = "";
    private int gap = -1;

    public CanonicalJson text(String name, String value) {
        member(name);
        quote(value);
        return this;
    }

    /** Leaves the member out if it has no value. */
    CanonicalJson maybe(String name, @Nullable String value) {
        return value == null ? this : text(name, value);
    }

    public CanonicalJson number(String name, long value) {
        member(name);
        out.append(checked(value));
        return this;
    }

    CanonicalJson texts(String name, List<String> values) {
        member(name);
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            quote(values.get(i));
        }
        out.append(']');
        return this;
    }

    /** A member whose number is not known yet: it goes between {@link #beforeGap()} and {@link #afterGap()}. */
    CanonicalJson gap(String name) {
        member(name);
        gap = out.length();
        return this;
    }

    String beforeGap() {
        return out.substring(0, gap);
    }

    String afterGap() {
        return out.substring(gap) + '}';
    }

    /** The whole object, if it has no gap. */
    @Override
    public String toString() {
        return out + "}";
    }

    static long checked(long number) {
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException("a number that JSON's readers do not agree on: " + number);
        }
        return number;
    }

    private void member(String name) {
        if (name.compareTo(last) <= 0) {
            throw new IllegalStateException(name + " does not come after " + last);
        }
        if (!last.isEmpty()) {
            out.append(',');
        }
        last = name;
        quote(name);
        out.append(':');
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                case 0 -> throw new IllegalArgumentException("PostgreSQL knows no text with a zero character");
                default -> plain(text, i, c);
            }
        }
        out.append('"');
    }

    private void plain(String text, int at, char c) {
        if (c < ' ') {
            out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
            return;
        }
        boolean isHalf = Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
        if (isHalf) {
            throw new IllegalArgumentException("half a surrogate pair is no text (RFC 8785, 3.2.2.2)");
        }
        out.append(c);
    }
}
