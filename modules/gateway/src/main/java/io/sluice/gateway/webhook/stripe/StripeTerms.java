package io.sluice.gateway.webhook.stripe;

import io.sluice.gateway.webhook.MinorUnits;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What our calls to Stripe and its callbacks to us have in common. */
public final class StripeTerms {

    /** The version of Stripe's API that calls ask for, and that the endpoint's callbacks must be set to. */
    public static final String VERSION = "2026-07-29.dahlia";

    /** Two that lost their minor units and are still counted in hundredths, and one whose fifths Stripe does not know. */
    public static final MinorUnits UNITS = new MinorUnits(Map.of("ISK", 2, "UGX", 2, "MGA", 0));

    /** Of a payment intent's metadata: which operation of ours it is. */
    public static final String AUTHORISATION = "sluice_authorisation";

    /** The capture that was asked for last. */
    public static final String CAPTURE = "sluice_capture";

    public static final String VOID = "sluice_void";

    /** Of a refund's metadata. */
    public static final String REFUND = "sluice_refund";

    private static final String CAPTURED = "capture_";
    private static final char BETWEEN = '-';
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}");

    private StripeTerms() {}

    /**
     * Under which name a payment intent's metadata says how much a capture took, in Stripe's units. Stripe tells only the sum of all
     * captures; what one of them took is that sum without what the others noted.
     */
    public static String captured(UUID capture) {
        return CAPTURED + capture.toString().replace("-", ""); // forty characters, and Stripe takes no more
    }

    /** Whether that is such a name. */
    public static boolean isCaptured(String name) {
        return name.startsWith(CAPTURED);
    }

    /** What such a note says; nothing, if it is none of ours. */
    public static long noted(@Nullable String amount) {
        return amount != null && AMOUNT.matcher(amount).matches() ? Long.parseLong(amount) : 0;
    }

    /** What a capture is called, so that those of one payment intent can be told apart: Stripe has no name for them. */
    public static String reference(String intent, UUID capture) {
        return intent + BETWEEN + capture;
    }

    /** The payment intent of a capture's reference, or of one's own. */
    public static String intent(String reference) {
        int end = reference.indexOf(BETWEEN);
        return end < 0 ? reference : reference.substring(0, end);
    }

    /** Whether a reference is a capture's. */
    public static boolean isCapture(String reference) {
        return reference.indexOf(BETWEEN) >= 0;
    }
}
