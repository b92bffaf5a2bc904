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
    private final boolean isSuspect;

    FieldNotOpened(Reason reason) {
        this(reason, true);
    }

    /** A key that is gone or was never made is no reason to suspect anybody. */
    FieldNotOpened(KeyNotUsable cause) {
        this(
                Reason.KEY_NOT_USABLE,
                switch (cause.reason()) {
                    case MISSING, SHREDDED -> false;
                    case EPOCH_GONE, NOT_AUTHENTIC -> true;
                });
    }

    private FieldNotOpened(Reason reason, boolean isSuspect) {
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.isSuspect = isSuspect;
    }

    /** Whether somebody must have changed or moved something, or asked for what the permit does not grant. */
    boolean isSuspect() {
        return isSuspect;
    }

    public Reason reason() {
        return reason;
    }
}
