package io.sluice.stewardship.api;

import io.sluice.kernel.Refusal;

/** Why something about a person, an account or a session was refused. */
public enum AccountRefusal implements Refusal {
    /** Nobody has such an e-mail address here. Only ever told to the gateway, which answers as for a wrong password. */
    ACCOUNT_UNKNOWN("account.unknown"),
    /** There is no such person, or the account is no more. */
    SUBJECT_UNKNOWN("subject.unknown"),
    /** The session is not there, has ended, or has expired. */
    SESSION_ENDED("session.ended"),
    /** A refresh token was used again after its successor: the whole session has been ended. */
    TOKEN_REUSED("session.token-reused"),
    /** The policy version is not the one in force. */
    POLICY_NOT_IN_FORCE("consent.policy-not-in-force"),
    /** There is no such purpose, and there will be no other (clause A3). */
    PURPOSE_UNKNOWN("consent.purpose-unknown"),
    /** One purpose was spoken of twice. */
    PURPOSE_TWICE("consent.purpose-twice"),
    /** An account cannot be without confirming who signs in; who does not want that has it erased. */
    PURPOSE_NEEDED("consent.purpose-needed");

    private final String code;

    AccountRefusal(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}
