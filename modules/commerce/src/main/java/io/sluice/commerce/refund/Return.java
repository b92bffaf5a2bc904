package io.sluice.commerce.refund;

import io.sluice.commerce.ordering.Pieces;
import java.util.UUID;

/**
 * Goods that come back, and the decision whether their money does; the money's own way is a {@link Refund}'s.
 *
 * @param reason a word of the API's list
 * @param key the request's idempotency scope: the same request again is the same return
 * @param fingerprint of the request's body
 */
public record Return(UUID id, Pieces pieces, String reason, ReturnStatus status, String key, String fingerprint) {

    /** The same return, as far as it has come. Throws if it cannot come from here to there. */
    public Return moved(ReturnStatus next) {
        if (!status.mayBecome(next)) {
            throw new IllegalStateException("return " + id + " cannot go from " + status + " to " + next);
        }
        return new Return(id, pieces, reason, next, key, fingerprint);
    }
}
