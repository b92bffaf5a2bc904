package io.sluice.gateway.json;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds payment card numbers in free text (clause A5): 13 to 19 digits of any script, spaces and dashes between them ignored,
 * with a known issuer's prefix, that issuer's length, and a valid check digit (ISO/IEC 7812-1, annex B: Luhn).
 *
 * <p>A number begins and ends where a group of digits does, so that neither a house number before it nor an expiry date after
 * it hides it. A longer unbroken row of digits is a barcode or a reference and is left alone. So is a text that is a UUID and
 * nothing else (RFC 9562, section 4): one in some thousands would happen to hold a card number across its dashes, and a case
 * with such an id could never be named. Within a longer text an id is searched like everything else.
 */
public final class CardNumbers {

    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    // the digits of Han script, in order; Unicode counts them among the letters
    private static final String HAN_DIGITS = "〇一二三四五六七八九";
    private static final int MINUS = 0x2212;

    private static final Pattern UUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-[1-8]\\p{XDigit}{3}-[89abAB]\\p{XDigit}{3}-\\p{XDigit}{12}");

    /** Numbers of {@code from} to {@code to} digits that begin with a prefix of this many digits, between low and high. */
    private record Issuer(int digits, int low, int high, int from, int to) {}

    private static final List<Issuer> ISSUERS = List.of(
            new Issuer(1, 4, 4, 13, 13), // Visa
            new Issuer(1, 4, 4, 16, 16),
            new Issuer(1, 4, 4, 18, 19),
            new Issuer(2, 51, 55, 16, 16), // Mastercard
            new Issuer(4, 2221, 2720, 16, 16),
            new Issuer(2, 34, 34, 15, 15), // American Express
            new Issuer(2, 37, 37, 15, 15),
            new Issuer(3, 300, 305, 14, 19), // Diners Club
            new Issuer(4, 3095, 3095, 14, 19),
            new Issuer(2, 36, 36, 14, 19),
            new Issuer(2, 38, 39, 14, 19),
            new Issuer(2, 60, 60, 16, 19), // Discover, RuPay, Hipercard
            new Issuer(3, 644, 649, 16, 19),
            new Issuer(2, 65, 65, 16, 19),
            new Issuer(4, 3528, 3589, 16, 19), // JCB
            new Issuer(2, 62, 62, 16, 19), // UnionPay
            new Issuer(2, 81, 82, 16, 19), // UnionPay, RuPay
            new Issuer(2, 50, 50, 13, 19), // Maestro, Verve, Elo
            new Issuer(2, 56, 58, 13, 19),
            new Issuer(2, 63, 63, 13, 19),
            new Issuer(2, 67, 67, 13, 19),
            new Issuer(2, 69, 69, 13, 19),
            new Issuer(4, 2200, 2205, 16, 19), // Mir, Borica
            new Issuer(4, 9792, 9792, 16, 16), // Troy
            new Issuer(4, 9704, 9704, 16, 19), // Napas
            new Issuer(4, 8600, 8600, 16, 16), // Uzcard
            new Issuer(4, 9860, 9860, 16, 16)); // Humo

    private CardNumbers() {}

    /** Whether a card number stands anywhere in the text. */
    public static boolean isIn(String text) {
        // most texts are too short or hold too few digits, and cost one look at each character
        return text.length() >= SHORTEST
                && hasEnoughDigits(text)
                && new Search().isIn(text)
                && !UUID.matcher(text).matches();
    }

    private static boolean hasEnoughDigits(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (digit(point) >= 0) {
                digits++;
            }
        }
        return digits >= SHORTEST;
    }

    private static int digit(int point) {
        if (point < 0x80) {
            return point >= '0' && point <= '9' ? point - '0' : -1;
        }
        // decimal digits of all scripts, and raised, circled, or Roman ones
        int value = Character.isLetter(point) ? -1 : Character.getNumericValue(point);
        if (value >= 0 && value <= 9) {
            return value;
        }
        return point > Character.MAX_VALUE ? -1 : HAN_DIGITS.indexOf(point);
    }

    /** White space, dashes of every kind, and what is not seen at all. */
    private static boolean isFiller(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || Character.getType(point) == Character.DASH_PUNCTUATION
                || Character.getType(point) == Character.FORMAT
                || point == MINUS;
    }

    /** One text's search: groups of digits with nothing but fillers between them are collected, and looked at together. */
    private static final class Search {

        private final StringBuilder digits = new StringBuilder();
        private final StringBuilder starts = new StringBuilder();

        boolean isIn(String text) {
            boolean isInGroup = false;
            for (int i = 0; i < text.length(); ) {
                int point = text.codePointAt(i);
                i += Character.charCount(point);
                int digit = digit(point);
                if (digit >= 0) {
                    starts.append(isInGroup ? ' ' : '^');
                    digits.append((char) ('0' + digit));
                    isInGroup = true;
                } else {
                    isInGroup = false;
                    if (!isFiller(point) && isAmongCollected()) {
                        return true;
                    }
                }
            }
            return isAmongCollected();
        }

        /** Whether one group, or several in a row, are a card number; forgets them. */
        private boolean isAmongCollected() {
            boolean isFound = false;
            for (int from = 0; from + SHORTEST <= digits.length() && !isFound; from++) {
                for (int to = from + SHORTEST; isStart(from) && to <= Math.min(from + LONGEST, digits.length()); to++) {
                    isFound |= isStart(to) && isCardNumber(digits, from, to);
                }
            }
            digits.setLength(0);
            starts.setLength(0);
            return isFound;
        }

        private boolean isStart(int index) {
            return index == starts.length() || starts.charAt(index) == '^';
        }
    }

    private static boolean isCardNumber(CharSequence digits, int from, int to) {
        return hasCheckDigit(digits, from, to)
                && ISSUERS.stream()
                        .anyMatch(issuer -> to - from >= issuer.from
                                && to - from <= issuer.to
                                && isBetween(issuer, prefix(digits, from, issuer.digits)));
    }

    private static boolean isBetween(Issuer issuer, int prefix) {
        return prefix >= issuer.low && prefix <= issuer.high;
    }

    private static int prefix(CharSequence digits, int from, int length) {
        return Integer.parseInt(digits, from, from + length, 10);
    }

    private static boolean hasCheckDigit(CharSequence digits, int from, int to) {
        int sum = 0;
        for (int i = 0; i < to - from; i++) {
            int digit = digits.charAt(to - 1 - i) - '0';
            int doubled = digit * 2;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
