package io.sluice.commerce.ordering;

/** Where an order stands; what its money and its parcel do is told by their own machines. */
public enum OrderState {
    PLACED,
    CONFIRMED,
    ON_HOLD,
    CANCELLING,
    CANCELLED,
    REJECTED,
    EXPIRED,
    CLOSED;

    public boolean isFinal() {
        return this == CANCELLED || this == REJECTED || this == EXPIRED || this == CLOSED;
    }

    /** Whether money that arrives now must go back by itself. */
    public boolean isDead() {
        return this == CANCELLING || this == CANCELLED || this == REJECTED || this == EXPIRED;
    }

    public boolean mayBecome(OrderState next) {
        return switch (this) {
            case PLACED ->
                next == CONFIRMED || next == REJECTED || next == EXPIRED || next == ON_HOLD || next == CANCELLING;
            case CONFIRMED -> next == CLOSED || next == ON_HOLD || next == CANCELLING;
            // once more for a graver reason
            case ON_HOLD -> next == PLACED || next == CONFIRMED || next == CANCELLING || next == ON_HOLD;
            case CANCELLING -> next == CANCELLED || next == ON_HOLD;
            case CANCELLED, REJECTED, EXPIRED, CLOSED -> false;
        };
    }
}
