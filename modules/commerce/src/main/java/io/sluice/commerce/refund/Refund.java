package io.sluice.commerce.refund;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import java.util.List;
import java.util.UUID;

/**
 * The decision to pay an amount back.
 *
 * @param operations the operations that move the money, one for each capture that it comes out of
 * @param tax how much of the amount is tax
 * @param lines the pieces that are paid back; none if it is by amount
 * @param key the request's idempotency scope: the same request again is the same refund
 * @param fingerprint of the request's body
 */
public record Refund(
        List<UUID> operations,
        Money amount,
        Money tax,
        List<LineWanted> lines,
        String reason,
        RefundStatus status,
        String key,
        String fingerprint) {

    public Refund {
        operations = List.copyOf(operations);
        lines = List.copyOf(lines);
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("a refund moves money");
        }
    }

    /** The first of its operations. */
    public UUID id() {
        return operations.getFirst();
    }

    /** The same refund, as far as it has come. Throws if it cannot come from here to there. */
    public Refund moved(RefundStatus next) {
        if (!status.mayBecome(next)) {
            throw new IllegalStateException("refund " + id() + " cannot go from " + status + " to " + next);
        }
        return new Refund(operations, amount, tax, lines, reason, next, key, fingerprint);
    }
}
