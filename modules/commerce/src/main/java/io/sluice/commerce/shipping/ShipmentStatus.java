package io.sluice.commerce.shipping;

/** Where a parcel stands. */
public enum ShipmentStatus {
    /** Written down, to be asked of the carrier; or asked by a node that has not said yet what came of it. */
    REQUESTED(1),
    /** Asked, and no answer: to be looked up. */
    UNKNOWN(1),
    ACCEPTED(2),
    IN_TRANSIT(3),
    OUT_FOR_DELIVERY(4),
    /** Something is in the way; it goes on by rank, or is lost. */
    EXCEPTION(4),
    DELIVERED(5),
    RETURNING(6),
    RETURNED(7),
    LOST(7),
    /** The carrier refused it, or it was called back before it was handed over. */
    CANCELLED(7);

    private final int rank;

    ShipmentStatus(int rank) {
        this.rank = rank;
    }

    /** Whether the carrier has taken the parcel on. */
    public boolean isHandedOver() {
        return rank >= ACCEPTED.rank && this != CANCELLED;
    }

    public boolean isOpen() {
        return rank < DELIVERED.rank;
    }

    /**
     * Whether a parcel may go from here to there: forward by rank only; out of an exception to any stage of the way; DELIVERED
     * gives way to a return alone; what is handed over cannot be cancelled. That it is back may be heard before that it is on its
     * way back, or before anything else: whoever says so says it once.
     */
    public boolean mayBecome(ShipmentStatus next) {
        return switch (this) {
            case REQUESTED -> next != REQUESTED;
            case UNKNOWN -> next != REQUESTED && next != UNKNOWN;
            case ACCEPTED, IN_TRANSIT, OUT_FOR_DELIVERY -> next != CANCELLED && (next.rank > rank || next == EXCEPTION);
            case EXCEPTION ->
                next == IN_TRANSIT
                        || next == OUT_FOR_DELIVERY
                        || next == DELIVERED
                        || next == RETURNING
                        || next == RETURNED
                        || next == LOST;
            case DELIVERED -> next == RETURNING || next == RETURNED;
            case RETURNING -> next == RETURNED || next == LOST;
            case RETURNED, LOST, CANCELLED -> false;
        };
    }
}
