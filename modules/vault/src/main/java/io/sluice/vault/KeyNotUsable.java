package io.sluice.vault;

/** A person's key cannot be had, and asking again will not help. The text says why, never whose. */
public final class KeyNotUsable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** No key was ever made for this person. */
        MISSING,
        /** The key was destroyed, and with it what it had sealed. */
        SHREDDED,
        /** No key-encryption key of that epoch exists (any more). */
        EPOCH_GONE,
        /** The wrapped key is not what was wrapped for this person and version. */
        NOT_AUTHENTIC
    }

    private final Reason reason;

    public KeyNotUsable(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
