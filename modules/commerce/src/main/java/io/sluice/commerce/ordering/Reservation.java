package io.sluice.commerce.ordering;

/** What became of the stock that was held for an order: all its lines share one fate until orders are split. */
public enum Reservation {
    HELD,
    COMMITTED,
    RELEASED;

    public boolean mayBecome(Reservation next) {
        return this == HELD && next != HELD;
    }
}
