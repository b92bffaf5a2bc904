package io.sluice.gateway.account;

import io.sluice.gateway.json.JsonText;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * An e-mail address in the one form by which an account is found again: normalised (NFC), lower case, the domain in its
 * ASCII form. Local parts that differ in case only are taken for one: no mail service of today tells them apart, and two
 * accounts for one mailbox are worse than none for a mailbox that nobody has.
 */
public record EmailAddress(String canonical) {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL = 64;

    /** An address in a request's body, as it was typed. Whatever room asks for one asks for this, so that there is one rule. */
    public static final JsonText TYPED =
            JsonText.upTo(MAX_LENGTH).matching(text -> parse(text).isPresent(), "must be an e-mail address");

    /** The address that the text holds; empty if it holds none. Judges the form only (RFC 5321, 4.5.3.1; RFC 6531). */
    static Optional<EmailAddress> parse(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        int at = normal.lastIndexOf('@');
        if (at < 1 || at > MAX_LOCAL || normal.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String local = normal.substring(0, at);
        if (!isLocalPart(local)) {
            return Optional.empty();
        }
        return domain(normal.substring(at + 1))
                .map(domain -> new EmailAddress(local.toLowerCase(Locale.ROOT) + "@" + domain));
    }

    private static boolean isLocalPart(String local) {
        return !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..")
                && local.codePoints()
                        .allMatch(c -> Character.isLetterOrDigit(c)
                                || Character.getType(c) == Character.NON_SPACING_MARK
                                || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0);
    }

    private static Optional<String> domain(String text) {
        try {
            String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            boolean hasLabels = ascii.contains(".") && !ascii.startsWith(".") && !ascii.endsWith(".");
            return hasLabels ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException notADomain) {
            // the answer to whoever typed it: this is no address
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "•••";
    }
}
