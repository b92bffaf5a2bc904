package io.sluice.commerce.payment;

/** What is done with money. */
public enum OperationKind {
    AUTHORIZE,
    CAPTURE,
    VOID,
    REFUND,
    /** The buyer's bank takes back what was captured. Nobody here asks for it. */
    CHARGEBACK
}
