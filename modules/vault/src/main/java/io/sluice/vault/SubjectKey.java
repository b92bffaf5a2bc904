package io.sluice.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;

/**
 * One version of one person's data key, unwrapped and ready. Safe for many threads.
 *
 * <p>A ciphertext is format (1 byte), key version (2 bytes), nonce (12), AES-256-GCM ciphertext and tag (16). Its associated
 * data are those first three bytes, person, record and field name: all but the last are of fixed length, so no two places
 * share them.
 */
final class SubjectKey {

    static final int LENGTH = 32;
    private static final byte FORMAT = 1;
    private static final int HEAD = 3;
    private static final int LEAST = HEAD + 12 + 16;

    private final SubjectId subject;
    private final int version;
    private final Aead aead;

    /** Copies the key: the caller may wipe its own. */
    SubjectKey(SubjectId subject, int version, byte[] key) {
        if (key.length != LENGTH) {
            throw new KeyNotUsable(KeyNotUsable.Reason.NOT_AUTHENTIC);
        }
        this.subject = subject;
        this.version = version;
        try {
            this.aead = new AesGcmJce(key);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no AES-256-GCM", missing);
        }
    }

    int version() {
        return version;
    }

    /** The version of the key that sealed this. */
    static int versionOf(Sealed sealed) {
        byte[] bytes = sealed.bytes();
        if (bytes.length < LEAST || bytes[0] != FORMAT) {
            throw new FieldNotOpened(FieldNotOpened.Reason.UNKNOWN_KEY);
        }
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(1));
    }

    Sealed seal(UUID record, Field<String> field, String value) {
        byte[] plain = utf8(value);
        try {
            byte[] sealed = aead.encrypt(plain, place(record, field));
            return Sealed.of(ByteBuffer.allocate(HEAD + sealed.length)
                    .put(FORMAT)
                    .putShort((short) version)
                    .put(sealed)
                    .array());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("a field of " + plain.length + " bytes could not be sealed", failed);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    String open(UUID record, Field<String> field, Sealed sealed) {
        byte[] bytes = sealed.bytes();
        try {
            byte[] plain = aead.decrypt(Arrays.copyOfRange(bytes, HEAD, bytes.length), place(record, field));
            String value = new String(plain, StandardCharsets.UTF_8);
            Arrays.fill(plain, (byte) 0);
            return value;
        } catch (GeneralSecurityException notAuthentic) {
            // its text could say more than that it failed
            throw new FieldNotOpened(FieldNotOpened.Reason.NOT_AUTHENTIC);
        }
    }

    private byte[] place(UUID record, Field<String> field) {
        byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEAD + 32 + name.length)
                .put(FORMAT)
                .putShort((short) version)
                .putLong(subject.value().getMostSignificantBits())
                .putLong(subject.value().getLeastSignificantBits())
                .putLong(record.getMostSignificantBits())
                .putLong(record.getLeastSignificantBits())
                .put(name)
                .array();
    }

    // getBytes would put a question mark for half a surrogate pair, and the value would come back another
    private static byte[] utf8(String value) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            Arrays.fill(encoded.array(), (byte) 0);
            return bytes;
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("a value that is not Unicode cannot be sealed");
        }
    }
}
