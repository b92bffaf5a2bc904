package io.sluice.commerce.ordering;

import io.sluice.kernel.Refusal;

/** Why something is not done with an order. */
public enum OrderRefusal implements Refusal {
    UNKNOWN_SKU("order.unknown-sku"),
    CURRENCY_MISMATCH("order.currency-mismatch"),
    STOCK_EXHAUSTED("order.stock-exhausted"),
    /** The sum does not fit, or is zero. */
    AMOUNT_OUT_OF_RANGE("order.amount-out-of-range"),
    /** No such order, or another's. */
    NOT_FOUND("order.not-found"),
    /** It has been handed over, or has come to its end. */
    NOT_CANCELLABLE("order.not-cancellable"),
    /** More than was captured and is not yet given back, more pieces than were bought, or nothing was captured. */
    REFUND_EXCEEDS_CAPTURED("refund.exceeds-captured"),
    /** The idempotency key was used with another body. */
    KEY_REUSED("idempotency.key-reused"),
    /** The cursor is none of ours. */
    CURSOR_INVALID("query.cursor-invalid");

    private final String code;

    OrderRefusal(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}
