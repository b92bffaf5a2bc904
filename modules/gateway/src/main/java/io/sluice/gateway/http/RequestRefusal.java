package io.sluice.gateway.http;

import io.sluice.kernel.Refusal;

/** What can be wrong with a request before anybody has looked at what it wants. */
public enum RequestRefusal implements Refusal {
    MALFORMED_JSON("request.malformed-json"),
    TOO_DEEP("request.too-deep"),
    TOO_LARGE("request.too-large"),
    UNSUPPORTED_MEDIA_TYPE("request.unsupported-media-type"),
    INVALID_FIELD("request.invalid-field"),
    /** A field that nobody catalogued (clause A1). */
    UNKNOWN_FIELD("request.unknown-field"),
    MISSING_FIELD("request.missing-field"),
    /** A card number, wherever it stands (clause A5). */
    CARD_NUMBER("request.card-number"),
    INVALID_PARAMETER("request.invalid-parameter"),
    MISSING_HEADER("request.missing-header"),
    INVALID_HEADER("request.invalid-header"),
    /** What may only be changed by who has seen how it stands (RFC 6585, 3). */
    PRECONDITION_MISSING("request.precondition-missing"),
    NO_SUCH_RESOURCE("request.no-such-resource"),
    METHOD_NOT_ALLOWED("request.method-not-allowed"),
    IDEMPOTENCY_KEY_MISSING("idempotency.key-missing"),
    IDEMPOTENCY_KEY_INVALID("idempotency.key-invalid"),
    /** The purpose that staff names is not the one of the call. */
    PURPOSE_NOT_OF_CALL("staff.purpose-not-of-call"),
    /** Whoever asks, or the address that nobody in particular asks from, has used up what it may ask for. Nothing is begun. */
    TOO_MANY("request.too-many"),
    /** More requests are in hand than the limit allows. Said before anything is begun, and only then. */
    OVERLOADED("service.overloaded"),
    /** Something we need is away for now. It may have gone after the work and before the answer, so what was done is not known. */
    UNAVAILABLE("service.unavailable"),
    /** No answer in time; whether it was done is not known, and asking again with the same key tells. */
    NOT_ANSWERED("service.not-answered"),
    FAILED("service.failed");

    private final String code;

    RequestRefusal(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}
