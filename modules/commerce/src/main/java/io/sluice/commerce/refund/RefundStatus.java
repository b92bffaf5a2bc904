package io.sluice.commerce.refund;

/** Where a decided refund stands. Whoever asks for one in the spine may also approve it; a review comes between later. */
public enum RefundStatus {
    EXECUTING,
    COMPLETED,
    FAILED;

    public boolean mayBecome(RefundStatus next) {
        return switch (this) {
            case EXECUTING -> next != EXECUTING;
            case FAILED -> next == EXECUTING;
            case COMPLETED -> next == FAILED;
        };
    }
}
