package io.sluice.gateway.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A refresh token: 32 random bytes that only its holder has. What is stored of it is its SHA-256.
 *
 * <p>Its successor can be {@linkplain #wrap wrapped} by it: combined with a digest that takes the token itself to compute.
 * Stored so, a repeated question gets the same answer, and the store alone still gives nothing away. Each token wraps one
 * successor only, so that the digest serves as a one-time pad.
 */
final class RefreshToken {

    private static final int LENGTH = 32;
    private static final byte[] PAD_LABEL = "sluice refresh successor v1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] secret;

    private RefreshToken(byte[] secret) {
        this.secret = secret;
    }

    /** @param random a cryptographically strong one */
    static RefreshToken random(RandomGenerator random) {
        byte[] secret = new byte[LENGTH];
        random.nextBytes(secret);
        return new RefreshToken(secret);
    }

    /** The token of that text; empty if it is none, whoever wrote it. */
    static Optional<RefreshToken> parse(String text) {
        try {
            byte[] secret = Base64.getUrlDecoder().decode(text);
            RefreshToken token = new RefreshToken(secret);
            // the decoder is lenient about the last character's spare bits; one token has one text
            return secret.length == LENGTH && token.text().equals(text) ? Optional.of(token) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            // whoever sends something else than a token has none
            return Optional.empty();
        }
    }

    /** What the holder gets and sends. */
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** Hex of its SHA-256, by which it is known. */
    String hash() {
        return HexFormat.of().formatHex(sha256(new byte[0]));
    }

    /** Hex of the successor, readable with this token only. */
    String wrap(RefreshToken successor) {
        return HexFormat.of().formatHex(xorPad(successor.secret));
    }

    RefreshToken unwrap(String wrapped) {
        byte[] bytes = HexFormat.of().parseHex(wrapped);
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("not a wrapped refresh token");
        }
        return new RefreshToken(xorPad(bytes));
    }

    private byte[] xorPad(byte[] bytes) {
        byte[] pad = sha256(PAD_LABEL);
        for (int i = 0; i < LENGTH; i++) {
            pad[i] ^= bytes[i];
        }
        return pad;
    }

    private byte[] sha256(byte[] label) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(label);
            return digest.digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "•••";
    }
}
