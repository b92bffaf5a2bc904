package io.sluice.commerce.refund;

/** Where a decided refund stands. Whoever may ask for one has decided it with that. */
public enum RefundStatus {
    EXECUTING,
    COMPLETED,
    /** Some of its money went back, and some did not. */
    PARTIALLY_FAILED,
    FAILED;

    public boolean mayBecome(RefundStatus next) {
        return switch (this) {
            case EXECUTING -> next != EXECUTING;
            case FAILED -> next == EXECUTING;
            case PARTIALLY_FAILED -> next == EXECUTING || next == FAILED;
            case COMPLETED -> next == PARTIALLY_FAILED || next == FAILED;
        };
    }
}
