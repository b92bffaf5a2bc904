package io.sluice.gateway.webhook;

import io.sluice.kernel.Refusal;

/** Why a callback was not believed, or not taken. */
public enum WebhookRefusal implements Refusal {
    /** No secret is configured for a partner of that name. */
    PARTNER_UNKNOWN("webhook.partner-unknown", 404, "There is no such endpoint."),
    SIGNATURE_MISSING("webhook.signature-missing", 401, "The callback is not signed."),
    /** A header is there, but not as the standard has it. */
    SIGNATURE_GARBLED("webhook.signature-garbled", 400, "A signature header is not well-formed."),
    SIGNATURE_WRONG("webhook.signature-wrong", 401, "No signature matches."),
    STALE("webhook.stale", 401, "The signature is too old."),
    FROM_THE_FUTURE("webhook.from-the-future", 401, "The signature's time has not come yet."),
    /** Genuine, but not JSON, or a slot holds what it must not. */
    MALFORMED("webhook.malformed", 400, "The callback is not well-formed."),
    TOO_LARGE("webhook.too-large", 413, "The callback is larger than accepted."),
    /** It was not taken and should be sent again. */
    NOT_TAKEN("webhook.not-taken", 503, "The callback could not be taken now.");

    private final String code;
    private final int status;
    private final String title;

    WebhookRefusal(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    /** The HTTP status that says it. */
    public int status() {
        return status;
    }

    /** For people; the same for everybody. */
    public String title() {
        return title;
    }
}
