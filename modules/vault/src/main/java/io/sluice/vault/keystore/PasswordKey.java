package io.sluice.vault.keystore;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a password yields for one keystore. Making it takes a good part of a second on purpose; kept, it opens later contents of
 * the same file at once, since a keystore keeps its salt for life.
 */
final class PasswordKey {

    /** What OWASP asks of PBKDF2-HMAC-SHA-256 (password storage cheat sheet, 2023). */
    static final int ROUNDS = 600_000;

    static final int SALT = 16;

    private final int rounds;
    private final byte[] salt;
    private final SecretKey key;

    private PasswordKey(int rounds, byte[] salt, SecretKey key) {
        this.rounds = rounds;
        this.salt = salt;
        this.key = key;
    }

    /** For a new keystore. */
    static PasswordKey make(String password, int rounds, SecureRandom random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        try {
            return derive(password, rounds, salt);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no PBKDF2", missing);
        }
    }

    static PasswordKey derive(String password, int rounds, byte[] salt) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, 256);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        spec.clearPassword();
        SecretKeySpec secret = new SecretKeySpec(key, "AES");
        Arrays.fill(key, (byte) 0);
        return new PasswordKey(rounds, salt.clone(), secret);
    }

    /** Whether it was made for a file with these. */
    boolean fits(int fileRounds, byte[] fileSalt) {
        return rounds == fileRounds && Arrays.equals(salt, fileSalt);
    }

    int rounds() {
        return rounds;
    }

    byte[] salt() {
        return salt;
    }

    SecretKey key() {
        return key;
    }
}
