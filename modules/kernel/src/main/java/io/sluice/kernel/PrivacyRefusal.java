package io.sluice.kernel;

import java.util.Arrays;

/** Why a message was not delivered. The list is closed; whatever does not fit another reason is {@link #NOT_A_PARCEL}. */
public enum PrivacyRefusal implements Refusal {
    /** The body is nothing that may travel on this bus. */
    NOT_A_PARCEL("privacy.not-a-parcel"),
    /** The law has no contract for the address. */
    NO_CONTRACT("privacy.no-contract"),
    /** The sender's purpose is not the one of the contract. */
    PURPOSE_MISMATCH("privacy.purpose-mismatch"),
    /** A person's field came without the person, or the person is not known. */
    SUBJECT_UNKNOWN("privacy.subject-unknown"),
    SUBJECT_ERASED("privacy.subject-erased"),
    /** The person has not permitted, or no longer permits, this purpose, or said yes to less than the law in force does for it. */
    PURPOSE_NOT_PERMITTED("privacy.purpose-not-permitted"),
    /** No agreement with the partner is valid now for these fields and this purpose. */
    AGREEMENT_NOT_VALID("privacy.agreement-not-valid"),
    /** The message arrived after its deadline. */
    TOO_LATE("privacy.too-late"),
    /** What is known of the person is older than its lease allows. */
    SNAPSHOT_STALE("privacy.snapshot-stale"),
    /** Which version of the law is in force cannot be told at this moment, or the two that meet in it cannot both be kept. */
    LAW_UNCERTAIN("privacy.law-uncertain"),
    /** A field that the handler cannot do without was not granted or not sent. */
    VIEW_INCOMPLETE("privacy.view-incomplete"),
    /** A ciphertext did not open and never will: moved, damaged, or its key is gone. */
    FIELD_NOT_OPENED("privacy.field-not-opened"),
    /** More is asked than can be answered now: messages in hand, or keys and permits that were not had in time. */
    OVERLOADED("privacy.overloaded");

    private final String code;

    PrivacyRefusal(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }

    /**
     * Whether it was said for want of time, room or fresh knowledge, and says nothing about the persons, the law or the message:
     * the same question may be answered otherwise a little later, although nobody has changed anything. Whoever asked must not
     * conclude anything from it (that a session is over, that a consent is missing) and may ask again.
     *
     * <p>It does not promise that nothing was done. A reply is decided about too, and one that is refused comes from a handler
     * that has done what was asked: whoever asks again does so in a way that bears repeating.
     */
    public boolean isPassing() {
        return switch (this) {
            case TOO_LATE, SNAPSHOT_STALE, LAW_UNCERTAIN, OVERLOADED -> true;
            case NOT_A_PARCEL,
                    NO_CONTRACT,
                    PURPOSE_MISMATCH,
                    SUBJECT_UNKNOWN,
                    SUBJECT_ERASED,
                    PURPOSE_NOT_PERMITTED,
                    // it holds until somebody signs
                    AGREEMENT_NOT_VALID,
                    VIEW_INCOMPLETE,
                    FIELD_NOT_OPENED -> false;
        };
    }

    /** Whether a refusal of this code {@linkplain #isPassing() is passing}; another room's refusals are answers and never are. */
    public static boolean isPassing(String code) {
        return Arrays.stream(values()).anyMatch(refusal -> refusal.isPassing() && refusal.code.equals(code));
    }
}
