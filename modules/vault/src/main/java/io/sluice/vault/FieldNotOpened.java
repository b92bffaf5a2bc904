package io.sluice.vault;

/** The fields of a message were not opened, none of them, and never will be. The text says why, never what or whose. */
public final class FieldNotOpened extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The permit does not grant one of the fields, or it is about another person or record. */
        NOT_GRANTED,
        /** There is no usable key for one of the persons: {@link KeyNotUsable}. */
        KEY_NOT_USABLE,
        /** One of the ciphertexts names a key that its owner does not have, or a format that nobody knows. */
        UNKNOWN_KEY,
        /** One of the ciphertexts is not what was sealed for this person, field and record. */
        NOT_AUTHENTIC
    }

    private final Reason reason;

    FieldNotOpened(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
