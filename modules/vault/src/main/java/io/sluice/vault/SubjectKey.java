package io.sluice.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.sluice.guard.FieldOpener;
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
 * One version of one data key, a person's or a hold's, unwrapped and ready. Safe for many threads.
 *
 * <p>A ciphertext is its {@link SealedHead}, nonce (12), AES-256-GCM ciphertext and tag (16). Its associated data are the head,
 * the person, the record and the field's name: all but the last are of a length that the first byte tells, so no two places
 * share them.
 */
final class SubjectKey {

    static final int LENGTH = 32;

    private final SubjectId keeper;
    private final int version;
    private final Aead aead;

    /**
     * Copies the key: the caller may wipe its own.
     *
     * @param keeper the person or the hold
     */
    SubjectKey(SubjectId keeper, int version, byte[] key) {
        if (key.length != LENGTH) {
            throw new KeyNotUsable(KeyNotUsable.Reason.NOT_AUTHENTIC);
        }
        this.keeper = keeper;
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

    /** Seals under a person's own key. */
    Sealed seal(UUID record, Field<String> field, String value) {
        byte[] plain = utf8(value);
        try {
            return seal(new SealedHead(version, null), keeper, record, field, plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Seals a person's field under a hold's key, from the key that it is sealed under. */
    Sealed reseal(SubjectKey from, FieldOpener.Item item) {
        byte[] plain = from.decrypt(item.owner(), item.record(), item.field(), item.sealed());
        try {
            return seal(new SealedHead(version, keeper), item.owner(), item.record(), item.field(), plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private Sealed seal(SealedHead head, SubjectId owner, UUID record, Field<String> field, byte[] plain) {
        try {
            byte[] sealed = aead.encrypt(plain, place(head, owner, record, field));
            ByteBuffer bytes = ByteBuffer.allocate(head.length() + sealed.length);
            head.put(bytes);
            return Sealed.of(bytes.put(sealed).array());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("a field of " + plain.length + " bytes could not be sealed", failed);
        }
    }

    String open(FieldOpener.Item item) {
        byte[] plain = decrypt(item.owner(), item.record(), item.field(), item.sealed());
        String value = new String(plain, StandardCharsets.UTF_8);
        Arrays.fill(plain, (byte) 0);
        return value;
    }

    private byte[] decrypt(SubjectId owner, UUID record, Field<String> field, Sealed sealed) {
        SealedHead head = SealedHead.of(sealed);
        byte[] bytes = sealed.bytes();
        try {
            return aead.decrypt(
                    Arrays.copyOfRange(bytes, head.length(), bytes.length), place(head, owner, record, field));
        } catch (GeneralSecurityException notAuthentic) {
            // its text could say more than that it failed
            throw new FieldNotOpened(FieldNotOpened.Reason.NOT_AUTHENTIC);
        }
    }

    private static byte[] place(SealedHead head, SubjectId owner, UUID record, Field<String> field) {
        byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer place = ByteBuffer.allocate(head.length() + 32 + name.length);
        head.put(place);
        return place.putLong(owner.value().getMostSignificantBits())
                .putLong(owner.value().getLeastSignificantBits())
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
