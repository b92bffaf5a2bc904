package io.sluice.vault.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The bytes of a keystore file: a mark, PBKDF2 rounds and salt, then nonce and AES-256-GCM ciphertext of the key material
 * under the key that the password yields. Mark, rounds, salt and nonce are authenticated with it.
 *
 * <p>The mark tells the form of the material: 1 opens still, 2 is written.
 */
final class KeystoreForm {

    private static final byte[] FIRST = "sluice keystore 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MARK = "sluice keystore 2\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_ROUNDS = 20_000_000;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD = MARK.length + 4 + PasswordKey.SALT + NONCE;

    private KeystoreForm() {}

    /** How the key to a file is come by, from what the file says of it. */
    @FunctionalInterface
    interface Unlocking {
        PasswordKey key(int rounds, byte[] salt) throws IOException, GeneralSecurityException;
    }

    /** Key material, and the key that opened it. */
    record Opened(KeyMaterial material, PasswordKey key) {}

    static byte[] seal(KeyMaterial material, PasswordKey key, SecureRandom random) {
        return seal(MARK, material.encode(), key, random);
    }

    /** @param plain wiped */
    static byte[] seal(byte[] mark, byte[] plain, PasswordKey key, SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] head = ByteBuffer.allocate(HEAD)
                .put(mark)
                .putInt(key.rounds())
                .put(key.salt())
                .put(nonce)
                .array();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, head).doFinal(plain);
            return ByteBuffer.allocate(HEAD + sealed.length)
                    .put(head)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("the keystore could not be sealed", failed);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * @throws IOException if this is no keystore of a form that is known
     * @throws GeneralSecurityException if the password is wrong, or the file was changed
     */
    static Opened open(byte[] file, Unlocking unlocking) throws IOException, GeneralSecurityException {
        boolean isFirst = file.length > HEAD && Arrays.equals(FIRST, 0, FIRST.length, file, 0, FIRST.length);
        if (file.length <= HEAD || !isFirst && !Arrays.equals(MARK, 0, MARK.length, file, 0, MARK.length)) {
            throw new IOException("no keystore, or one of another version");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).position(MARK.length);
        int rounds = bytes.getInt();
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new IOException("an impossible number of rounds");
        }
        byte[] salt = new byte[PasswordKey.SALT];
        bytes.get(salt);
        byte[] nonce = new byte[NONCE];
        bytes.get(nonce);
        PasswordKey key = unlocking.key(rounds, salt);
        byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, Arrays.copyOf(file, HEAD))
                .doFinal(file, HEAD, file.length - HEAD);
        try {
            return new Opened(isFirst ? KeyMaterial.decodeFirstForm(plain) : KeyMaterial.decode(plain), key);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, PasswordKey key, byte[] nonce, byte[] head) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        return cipher;
    }
}
