package io.sluice.commerce.api;

import java.util.Optional;

/**
 * How a callback's reference names a dispute where it says no id of ours: the payment that it is about, and the dispute itself, both as
 * the partner calls them.
 */
public record DisputeName(String payment, String dispute) {

    private static final char BETWEEN = '/';

    public DisputeName {
        if (payment.isEmpty() || dispute.isEmpty() || payment.indexOf(BETWEEN) >= 0) {
            throw new IllegalArgumentException("a dispute has a name, and its payment one without " + BETWEEN);
        }
    }

    /** As one text. */
    public String reference() {
        return payment + BETWEEN + dispute;
    }

    /** What such a text names; empty if it is none. */
    public static Optional<DisputeName> of(String reference) {
        int between = reference.indexOf(BETWEEN);
        return between <= 0 || between == reference.length() - 1
                ? Optional.empty()
                : Optional.of(new DisputeName(reference.substring(0, between), reference.substring(between + 1)));
    }
}
