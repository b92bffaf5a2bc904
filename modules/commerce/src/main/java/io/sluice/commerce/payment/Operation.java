package io.sluice.commerce.payment;

import io.sluice.commerce.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One operation on money. Its amount never changes; its id is the idempotency key with the provider.
 *
 * @param isFinal whether a capture lets go of what it leaves of the authorisation
 * @param onReference the provider's id of what it works on: the authorisation for capture and void, the capture for a refund
 * @param reference the provider's own id of this operation, once known
 * @param until when the provider lets an authorisation go by itself, once it has succeeded
 * @param nextActionUrl where the buyer must go, while the status is {@link OperationStatus#REQUIRES_ACTION}
 */
public record Operation(
        UUID id,
        OperationKind kind,
        Money amount,
        boolean isFinal,
        OperationStatus status,
        @Nullable String onReference,
        @Nullable String reference,
        @Nullable Instant until,
        @Nullable String nextActionUrl,
        @Nullable String reason) {

    public static Operation requested(
            UUID id, OperationKind kind, Money amount, boolean isFinal, @Nullable String onReference) {
        return new Operation(id, kind, amount, isFinal, OperationStatus.REQUESTED, onReference, null, null, null, null);
    }

    /**
     * Whether a word of the provider says more than is known: a later status, or, while the buyer is awaited, where to go. A
     * callback may say first that the buyer is awaited, and does not say where.
     */
    public boolean isNews(OperationStatus next, @Nullable String newNextActionUrl) {
        boolean saysWhere = status == OperationStatus.REQUIRES_ACTION
                && next == OperationStatus.REQUIRES_ACTION
                && nextActionUrl == null
                && newNextActionUrl != null;
        // a buyer may try again at the provider after a "no"; nothing else that was declined succeeds later
        boolean isOver = status == OperationStatus.DECLINED && kind != OperationKind.AUTHORIZE;
        return saysWhere || (!isOver && status.mayBecome(next));
    }

    /** The same operation, as far as it has come. Throws if it cannot come from here to there: history is not rewritten. */
    public Operation moved(
            OperationStatus next,
            @Nullable String newReference,
            @Nullable Instant newUntil,
            @Nullable String newNextActionUrl,
            @Nullable String newReason) {
        if (!isNews(next, newNextActionUrl)) {
            throw new IllegalStateException(kind + " " + id + " cannot go from " + status + " to " + next);
        }
        return new Operation(
                id,
                kind,
                amount,
                isFinal,
                next,
                onReference,
                // the first one counts: what is done with it later names it so
                reference == null ? newReference : reference,
                newUntil == null ? until : newUntil,
                next == OperationStatus.REQUIRES_ACTION ? newNextActionUrl : null,
                newReason);
    }
}
