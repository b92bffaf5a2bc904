package io.sluice.commerce.refund;

import io.sluice.commerce.ordering.Pieces;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goods that come back, and the decision whether their money does; the money's own way is a {@link Refund}'s.
 *
 * @param reason a word of the API's list
 * @param condition once they have been received
 * @param key the request's idempotency scope: the same request again is the same return
 * @param fingerprint of the request's body
 */
public record Return(
        UUID id,
        Pieces pieces,
        String reason,
        ReturnStatus status,
        @Nullable Condition condition,
        String key,
        String fingerprint) {

    /** In what condition goods came back. */
    public enum Condition {
        /** They are on the shelf again. */
        SELLABLE,
        UNUSABLE
    }

    public static Return requested(UUID id, Pieces pieces, String reason, String key, String fingerprint) {
        return new Return(id, pieces, reason, ReturnStatus.REQUESTED, null, key, fingerprint);
    }

    /** Whether its pieces are spoken for: they are to come back, or have. One that was rejected before is over. */
    public boolean isAboutPieces() {
        return status != ReturnStatus.REJECTED || condition != null;
    }

    /** The same return, as far as it has come. Throws if it cannot come from here to there. */
    public Return moved(ReturnStatus next, @Nullable Condition newCondition) {
        if (!status.mayBecome(next)) {
            throw new IllegalStateException("return " + id + " cannot go from " + status + " to " + next);
        }
        return new Return(id, pieces, reason, next, newCondition == null ? condition : newCondition, key, fingerprint);
    }
}
