package io.sluice.commerce.subscription;

import io.sluice.kernel.Refusal;

/** Why something is not done with a subscription. */
public enum SubscriptionRefusal implements Refusal {
    NOT_FOUND("subscription.not-found"),
    /** There are as many as there may be. */
    TOO_MANY("subscription.too-many"),
    /** As many secrets sign side by side as may: the oldest has to run out first. */
    ROTATED_TOO_OFTEN("subscription.rotated-too-often");

    private final String code;

    SubscriptionRefusal(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}
