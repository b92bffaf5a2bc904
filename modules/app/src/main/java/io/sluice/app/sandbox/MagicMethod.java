package io.sluice.app.sandbox;

import org.jspecify.annotations.Nullable;

/** The payment methods that mean something to the sandbox provider; see the package's description. */
enum MagicMethod {
    VISA("pm_card_visa"),
    MASTERCARD("pm_card_mastercard"),
    DECLINED("pm_card_declined"),
    THREE_D_SECURE("pm_card_3ds"),
    TIMEOUT_BEFORE("pm_card_timeout_before"),
    TIMEOUT_AFTER("pm_card_timeout_after"),
    SLOW("pm_card_slow"),
    CAPTURE_FAILS("pm_card_capture_fails"),
    REFUND_FAILS("pm_card_refund_fails"),
    CAPTURE_FAILS_LATE("pm_card_capture_fails_late"),
    REFUND_FAILS_LATE("pm_card_refund_fails_late"),
    DISPUTED("pm_card_disputed"),
    DISPUTE_WON("pm_card_dispute_won"),
    DISPUTE_LOST("pm_card_dispute_lost"),
    DECLINED_AGAIN("pm_card_declined_again");

    private final String token;

    MagicMethod(String token) {
        this.token = token;
    }

    /** The method of that name; one that nobody knows is declined. */
    static MagicMethod of(@Nullable String token) {
        for (MagicMethod each : values()) {
            if (each.token.equals(token)) {
                return each;
            }
        }
        return DECLINED;
    }
}
