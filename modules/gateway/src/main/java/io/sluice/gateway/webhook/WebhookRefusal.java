package io.sluice.gateway.webhook;

import io.sluice.kernel.Refusal;

/** Why a callback was not believed, or not taken. */
public enum WebhookRefusal implements Refusal {
    /** Nothing is configured to believe a partner of that name. */
    PARTNER_UNKNOWN("webhook.partner-unknown", 404),
    SIGNATURE_MISSING("webhook.signature-missing", 401),
    /** A header is there, but not as the protocol has it. */
    SIGNATURE_GARBLED("webhook.signature-garbled", 400),
    SIGNATURE_WRONG("webhook.signature-wrong", 401),
    STALE("webhook.stale", 401),
    FROM_THE_FUTURE("webhook.from-the-future", 401),
    /** Genuine, but not JSON, or a slot holds what it must not. */
    MALFORMED("webhook.malformed", 400),
    /** Genuine, but it only says that something has happened, and not what. */
    WITHOUT_DATA("webhook.without-data", 400),
    TOO_LARGE("webhook.too-large", 413),
    /** Genuine, but its partner has as many of them waiting to be taken as it may have. */
    TOO_MANY("webhook.too-many", 429),
    /** It cannot be said to have been taken, and should be sent again; if it was, the repeat is recognised. */
    NOT_TAKEN("webhook.not-taken", 503);

    private final String code;
    private final int status;

    WebhookRefusal(String code, int status) {
        this.code = code;
        this.status = status;
    }

    @Override
    public String code() {
        return code;
    }

    /** The HTTP status that says it. */
    public int status() {
        return status;
    }
}
