package io.sluice.commerce.refund;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import java.util.List;
import java.util.UUID;

/**
 * The decision to pay an amount back.
 *
 * @param operation the operation that moves the money
 * @param lines the pieces that are paid back; none if it is by amount
 * @param key the request's idempotency scope: the same request again is the same refund
 * @param fingerprint of the request's body
 */
public record Refund(
        UUID operation,
        Money amount,
        List<LineWanted> lines,
        String reason,
        RefundStatus status,
        String key,
        String fingerprint) {

    public Refund {
        lines = List.copyOf(lines);
    }

    /** The same refund, as far as it has come. Throws if it cannot come from here to there. */
    public Refund moved(RefundStatus next) {
        if (!status.mayBecome(next)) {
            throw new IllegalStateException("refund " + operation + " cannot go from " + status + " to " + next);
        }
        return new Refund(operation, amount, lines, reason, next, key, fingerprint);
    }
}
