package io.sluice.commerce.ordering;

import io.sluice.kernel.Refusal;

/** Why something is not done with an order. */
public enum OrderRefusal implements Refusal {
    UNKNOWN_SKU("order.unknown-sku"),
    CURRENCY_MISMATCH("order.currency-mismatch"),
    STOCK_EXHAUSTED("order.stock-exhausted"),
    /** The sum does not fit, or is zero. */
    AMOUNT_OUT_OF_RANGE("order.amount-out-of-range"),
    /** It goes where nothing is sold to: no tax is known there, or nobody brings goods there for that currency. */
    DESTINATION_NOT_SERVED("order.destination-not-served"),
    /** Where it is to go now it would cost something else. */
    COSTS_OTHERWISE("order.costs-otherwise"),
    /** No such order, or another's. */
    NOT_FOUND("order.not-found"),
    /** It has been handed over, or has come to its end. */
    NOT_CANCELLABLE("order.not-cancellable"),
    /** A line is named that the order does not have, or one is named twice. */
    LINE_UNCLEAR("order.line-unclear"),
    /** More pieces are asked for than were ordered: an order can only get smaller. */
    QUANTITY_RAISED("order.quantity-raised"),
    /** It is not confirmed, or no such pieces are left to be sent. */
    NOT_DISPATCHABLE("order.not-dispatchable"),
    /** Nothing of it is left to be sent, or a carrier is being told where to. */
    NOT_READDRESSABLE("order.not-readdressable"),
    /** It is not as the asker has seen it. */
    CHANGED_MEANWHILE("order.changed-meanwhile"),
    /** It is neither placed nor confirmed, or its books do not agree with a partner's: that a release cannot mend. */
    NOT_REVIEWABLE("order.not-reviewable"),
    /** Nothing is owed, for nothing has gone out. */
    NOTHING_OWED("payment.nothing-owed"),
    /** No such pieces have arrived, or another return is about them, or their money has gone back. */
    NOT_RETURNABLE("return.not-possible"),
    RETURN_NOT_FOUND("return.not-found"),
    /** From where it stands it does not go there. */
    RETURN_ELSEWHERE("return.elsewhere"),
    /** It has as many payments, parcels and refunds as an order can have. */
    TOO_MANY_STEPS("order.too-many-steps"),
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
