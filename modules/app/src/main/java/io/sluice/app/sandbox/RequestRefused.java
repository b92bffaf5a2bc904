package io.sluice.app.sandbox;

/** A request that is answered with a problem and had no effect. An answer, so it carries no stack trace. */
final class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /** @param code what is wrong, in a word that stays */
    RequestRefused(int status, String code) {
        super(code, null, false, false);
        this.status = status;
        this.code = code;
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }
}
