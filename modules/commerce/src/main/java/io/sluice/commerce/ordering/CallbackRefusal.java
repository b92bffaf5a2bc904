package io.sluice.commerce.ordering;

import io.sluice.kernel.Refusal;

/** Why a partner's genuine word moves nothing. No client sees it: it is counted and logged, and stands with the callback. */
public enum CallbackRefusal implements Refusal {
    /** What it is about goes by another partner, for whom this one does not speak. */
    ANOTHER_PARTNERS("callback.another-partners"),
    /** It is about a known dispute, and about another amount than that was. */
    AMOUNT_DIFFERS("callback.amount-differs");

    private final String code;

    CallbackRefusal(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}
