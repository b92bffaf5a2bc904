package io.sluice.commerce.payment;

/** What is done with money. */
public enum OperationKind {
    AUTHORIZE,
    CAPTURE,
    VOID,
    REFUND
}
