package io.sluice.gateway.json;

/**
 * Finds payment card numbers in free text (clause A5): 13 to 19 digits of any script, spaces and dashes between them ignored,
 * with a known issuer's prefix, that issuer's length, and a valid check digit (ISO/IEC 7812-1, annex B: Luhn).
 */
public final class CardNumbers {

    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    private CardNumbers() {}

    /** Whether a card number stands anywhere in the text. */
    public static boolean isIn(String text) {
        StringBuilder run = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int digit = Character.digit(point, 10);
            if (digit >= 0) {
                run.append((char) ('0' + digit));
            } else if (!isFiller(point)) {
                if (holdsNumber(run)) {
                    return true;
                }
                run.setLength(0);
            }
        }
        return holdsNumber(run);
    }

    /** White space, dashes of every kind, and what is not seen at all. */
    private static boolean isFiller(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || Character.getType(point) == Character.DASH_PUNCTUATION
                || Character.getType(point) == Character.FORMAT
                || point == 0x2212; // minus sign
    }

    /** A run is a number, or a longer run of digits is not: order numbers and barcodes are longer and are left alone. */
    private static boolean holdsNumber(CharSequence run) {
        return run.length() >= SHORTEST && run.length() <= LONGEST && hasIssuer(run) && hasCheckDigit(run);
    }

    private static boolean hasIssuer(CharSequence run) {
        int length = run.length();
        int two = prefix(run, 2);
        int three = prefix(run, 3);
        int four = prefix(run, 4);
        boolean visa = run.charAt(0) == '4' && (length == 13 || length == 16 || length == 19);
        boolean mastercard = length == 16 && (two >= 51 && two <= 55 || four >= 2221 && four <= 2720);
        boolean amex = length == 15 && (two == 34 || two == 37);
        boolean diners = length >= 14 && (three >= 300 && three <= 305 || two == 36 || two == 38 || two == 39);
        boolean discover = length >= 16 && (four == 6011 || two == 65 || three >= 644 && three <= 649);
        boolean jcb = length >= 16 && four >= 3528 && four <= 3589;
        boolean unionPay = length >= 16 && two == 62;
        boolean maestro = two == 50 || two >= 56 && two <= 58 || two == 63 || two == 67 || two == 69;
        return visa || mastercard || amex || diners || discover || jcb || unionPay || maestro;
    }

    private static int prefix(CharSequence run, int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            value = value * 10 + (run.charAt(i) - '0');
        }
        return value;
    }

    private static boolean hasCheckDigit(CharSequence run) {
        int sum = 0;
        for (int i = 0; i < run.length(); i++) {
            int digit = run.charAt(run.length() - 1 - i) - '0';
            int doubled = digit * 2;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
