package io.sluice.guard;

/** The numbers by which a refusing gate and a failing handler answer over the wire. */
final class FailureCodes {

    /** The gate refused; the text is the refusal's code. */
    static final int REFUSED = 403;
    /** The handler, or the gate, failed. */
    static final int FAILED = 500;
    /** Something is away for now; the text says what. */
    static final int UNAVAILABLE = 503;

    private FailureCodes() {}
}
