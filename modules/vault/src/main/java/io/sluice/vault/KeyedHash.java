package io.sluice.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 under one secret for one use: what it yields can be compared, and guessed only by who holds the secret. */
public final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac keyed;

    /** Copies the key. */
    public KeyedHash(byte[] key) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, missing);
        }
    }

    /** 32 bytes. Safe for many threads. */
    public byte[] of(byte[] message) {
        try {
            // a clone starts from the keyed state: cheaper than keying anew, and nothing is shared
            return ((Mac) keyed.clone()).doFinal(message);
        } catch (CloneNotSupportedException missing) {
            throw new IllegalStateException("this Java's " + ALGORITHM + " cannot be cloned", missing);
        }
    }

    /** The hash of the text's UTF-8 bytes, as 64 hexadecimal digits. */
    public String hex(String message) {
        return HexFormat.of().formatHex(of(message.getBytes(StandardCharsets.UTF_8)));
    }
}
