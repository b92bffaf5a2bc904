package io.sluice.commerce.ordering;

import java.time.Duration;
import java.util.UUID;

/**
 * Something to be done outside, because of what has happened. It becomes a step in the transaction of its cause.
 *
 * @param operation the operation or shipment concerned, or the order
 * @param delay how long after its cause
 */
public record Effect(Kind kind, UUID operation, Duration delay) {

    /** What is to be done; where there is more to do than can be done at once, in this order. */
    public enum Kind {
        /** A buyer waits for it. */
        AUTHORISE,
        /** It keeps a buyer's money from them for nothing. */
        VOID,
        CAPTURE,
        DISPATCH,
        /** Look the operation up with the provider. */
        ASK_PROVIDER,
        /** Look the parcel up with the carrier. */
        ASK_CARRIER,
        REFUND,
        /** Give the order up unless it has been paid. */
        EXPIRE,
        /** The authorisation has come to its end. */
        LAPSE,
        /** Give the order up if nobody has looked at it; the operation concerned is the order itself. */
        REVIEW
    }

    static Effect now(Kind kind, UUID operation) {
        return new Effect(kind, operation, Duration.ZERO);
    }
}
