package io.sluice.kernel;

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
    /** The person has not permitted, or no longer permits, this purpose. */
    PURPOSE_NOT_PERMITTED("privacy.purpose-not-permitted"),
    /** No agreement with the partner is valid now for these fields and this purpose. */
    AGREEMENT_NOT_VALID("privacy.agreement-not-valid"),
    /** The message arrived after its deadline. */
    TOO_LATE("privacy.too-late"),
    /** What is known of the person is older than its lease allows. */
    SNAPSHOT_STALE("privacy.snapshot-stale"),
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
}
