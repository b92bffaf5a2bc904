package io.sluice.commerce.refund;

import io.sluice.commerce.money.Money;
import java.util.UUID;

/**
 * The decision to pay an amount back.
 *
 * @param operation the operation that moves the money
 * @param key the request's idempotency scope: the same request again is the same refund
 * @param fingerprint of the request's body
 */
public record Refund(UUID operation, Money amount, String reason, RefundStatus status, String key, String fingerprint) {

    /** The same refund, as far as it has come. Throws if it cannot come from here to there. */
    public Refund moved(RefundStatus next) {
        if (!status.mayBecome(next)) {
            throw new IllegalStateException("refund " + operation + " cannot go from " + status + " to " + next);
        }
        return new Refund(operation, amount, reason, next, key, fingerprint);
    }
}
