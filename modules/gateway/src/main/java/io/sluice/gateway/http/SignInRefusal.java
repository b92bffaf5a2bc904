package io.sluice.gateway.http;

import io.sluice.kernel.Refusal;

/** Why a request was not taken for anybody's. */
public enum SignInRefusal implements Refusal {
    /** No {@code Authorization} header, or one of another scheme. */
    TOKEN_MISSING("auth.token-missing"),
    /** The token is malformed, forged, expired, foreign, or void. Which one, nobody is told. */
    TOKEN_INVALID("auth.token-invalid"),
    /** E-mail address and password do not belong together; whether there is such an address, nobody is told. */
    CREDENTIALS_WRONG("auth.credentials-wrong"),
    /** The refresh token is not good, or no longer. */
    REFRESH_REFUSED("auth.refresh-refused"),
    /** Too many wrong attempts from one address on one account. */
    TOO_MANY_ATTEMPTS("auth.too-many-attempts"),
    /** The person has not the role that the call needs. */
    ROLE_MISSING("auth.role-missing");

    private final String code;

    SignInRefusal(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}
