package io.sluice.vault.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bytes of a keystore file: a mark, PBKDF2 rounds and salt, then nonce and AES-256-GCM ciphertext of the key material
 * under the key that the password yields. Mark, rounds, salt and nonce are authenticated with it.
 */
final class KeystoreForm {

    /** What OWASP asks of PBKDF2-HMAC-SHA-256 (password storage cheat sheet, 2023). */
    static final int ROUNDS = 600_000;

    private static final byte[] MARK = "sluice keystore 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_ROUNDS = 20_000_000;
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD = MARK.length + 4 + SALT + NONCE;

    private KeystoreForm() {}

    static byte[] seal(KeyMaterial material, String password, int rounds, SecureRandom random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] head = ByteBuffer.allocate(HEAD)
                .put(MARK)
                .putInt(rounds)
                .put(salt)
                .put(nonce)
                .array();
        byte[] plain = material.encode();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, password, rounds, salt, nonce, head)
                    .doFinal(plain);
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
     * @throws IOException if this is no keystore of this form
     * @throws GeneralSecurityException if the password is wrong, or the file was changed
     */
    static KeyMaterial open(byte[] file, String password) throws IOException, GeneralSecurityException {
        if (file.length <= HEAD || !Arrays.equals(MARK, 0, MARK.length, file, 0, MARK.length)) {
            throw new IOException("no keystore, or one of another version");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).position(MARK.length);
        int rounds = bytes.getInt();
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new IOException("an impossible number of rounds");
        }
        byte[] salt = new byte[SALT];
        bytes.get(salt);
        byte[] nonce = new byte[NONCE];
        bytes.get(nonce);
        byte[] plain = cipher(Cipher.DECRYPT_MODE, password, rounds, salt, nonce, Arrays.copyOf(file, HEAD))
                .doFinal(file, HEAD, file.length - HEAD);
        try {
            return KeyMaterial.decode(plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, String password, int rounds, byte[] salt, byte[] nonce, byte[] head)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, 256);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        spec.clearPassword();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        Arrays.fill(key, (byte) 0);
        return cipher;
    }
}
