package io.sluice.commerce.refund;

/** Where goods stand that come back. */
public enum ReturnStatus {
    /** The buyer wants to send them back. */
    REQUESTED,
    /** The buyer may. */
    AUTHORISED,
    /** They are here; what becomes of their money is to be decided. */
    RECEIVED,
    /** Their money goes back; how far it has come the refund says. */
    REFUNDED,
    REJECTED;

    /** Whether it is over, one way or the other. */
    public boolean isFinal() {
        return this == REFUNDED || this == REJECTED;
    }

    public boolean mayBecome(ReturnStatus next) {
        return switch (this) {
            case REQUESTED -> next == AUTHORISED || next == REJECTED;
            case AUTHORISED -> next == RECEIVED || next == REJECTED;
            case RECEIVED -> next == REFUNDED || next == REJECTED;
            case REFUNDED, REJECTED -> false;
        };
    }
}
