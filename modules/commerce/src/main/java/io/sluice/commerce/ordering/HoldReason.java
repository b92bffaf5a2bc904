package io.sluice.commerce.ordering;

/** Why an order is on hold. */
public enum HoldReason {
    FRAUD,
    ADDRESS,
    AGREEMENT,
    CONSENT,
    CONFLICT,
    MANUAL
}
