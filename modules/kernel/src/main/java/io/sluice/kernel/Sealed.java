package io.sluice.kernel;

import java.util.Arrays;

/**
 * Ciphertext of one personal field of one person and record. It names neither: subject, field and record are the
 * associated data, so that a ciphertext moved to another place does not open.
 *
 * <p>The layout of the bytes is the vault's own business; its first bytes say which key and which format.
 */
public final class Sealed {

    private final byte[] bytes;

    private Sealed(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the bytes over: the caller must not change them any more. */
    public static Sealed of(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an empty ciphertext is not a ciphertext");
        }
        return new Sealed(bytes);
    }

    /** The ciphertext itself, not a copy: it must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sealed that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "•••";
    }
}
