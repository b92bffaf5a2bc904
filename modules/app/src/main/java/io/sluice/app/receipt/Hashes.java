package io.sluice.app.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** What is computed over bytes: the hashes of RFC 9162, a record's chain, and Ed25519. */
final class Hashes {

    /** SubjectPublicKeyInfo of an Ed25519 key, up to the key (RFC 8410). */
    private static final String KEY_PREFIX = "302a300506032b6570032100";

    private Hashes() {}

    static byte[] leaf(byte[] bytes) {
        return sha256(new byte[] {0x00}, bytes);
    }

    static byte[] node(byte[] left, byte[] right) {
        return sha256(new byte[] {0x01}, left, right);
    }

    static byte[] chainStart(String record) {
        return sha256(new byte[] {0x05}, record.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] chained(byte[] before, byte[] leafHash) {
        return sha256(new byte[] {0x04}, before, leafHash);
    }

    /** The pseudonym of a record whose salt is known. */
    static String record(byte[] salt, UUID id) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(sha256(new byte[] {0x06}, salt, bytes), 16));
    }

    static String keyId(byte[] publicKey) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha256(publicKey), 12));
    }

    static byte[] decoded(JsonNode text) {
        return Base64.getUrlDecoder().decode(text.textValue());
    }

    /** The root to which a path leads (RFC 9162, 2.1.3.2); none if it is no path from there in a tree of that size. */
    static Optional<byte[]> root(byte[] hash, long index, long size, JsonNode path) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        long node = index;
        long last = size - 1;
        byte[] root = hash;
        for (JsonNode each : path) {
            if (last == 0) {
                return Optional.empty();
            }
            byte[] sibling = decoded(each);
            if (node % 2 == 1 || node == last) {
                root = node(sibling, root);
                while (node % 2 == 0 && node != 0) {
                    node /= 2;
                    last /= 2;
                }
            } else {
                root = node(root, sibling);
            }
            node /= 2;
            last /= 2;
        }
        return last == 0 ? Optional.of(root) : Optional.empty();
    }

    static boolean isSigned(byte[] publicKey, byte[] bytes, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(
                            HexFormat.of().parseHex(KEY_PREFIX + HexFormat.of().formatHex(publicKey)))));
            check.update(bytes);
            return check.verify(signature);
        } catch (GeneralSecurityException notSigned) {
            return false;
        }
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(part);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
