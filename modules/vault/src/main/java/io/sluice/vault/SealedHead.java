package io.sluice.vault;

import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a ciphertext: format (1 byte) and key version (2), and of what is held by law also the hold (16). They say
 * which key sealed it and are authenticated with it.
 *
 * @param hold whose key it was; null if it was the person's own
 */
record SealedHead(int version, @Nullable SubjectId hold) {

    private static final byte OWN = 1;
    private static final byte HELD = 2;
    private static final int NONCE_AND_TAG = 12 + 16;

    /** @throws FieldNotOpened if nobody knows this format */
    static SealedHead of(Sealed sealed) {
        ByteBuffer bytes = ByteBuffer.wrap(sealed.bytes());
        boolean isHeld = bytes.get(0) == HELD;
        if ((!isHeld && bytes.get(0) != OWN) || bytes.capacity() < length(isHeld) + NONCE_AND_TAG) {
            throw new FieldNotOpened(FieldNotOpened.Reason.UNKNOWN_KEY);
        }
        int version = Short.toUnsignedInt(bytes.getShort(1));
        return new SealedHead(version, isHeld ? new SubjectId(new UUID(bytes.getLong(3), bytes.getLong(11))) : null);
    }

    /** Whose key opens what the owner's field was sealed with. */
    SubjectId keeper(SubjectId owner) {
        return hold == null ? owner : hold;
    }

    int length() {
        return length(hold != null);
    }

    private static int length(boolean isHeld) {
        return isHeld ? 19 : 3;
    }

    void put(ByteBuffer into) {
        into.put(hold == null ? OWN : HELD).putShort((short) version);
        if (hold != null) {
            into.putLong(hold.value().getMostSignificantBits())
                    .putLong(hold.value().getLeastSignificantBits());
        }
    }
}
