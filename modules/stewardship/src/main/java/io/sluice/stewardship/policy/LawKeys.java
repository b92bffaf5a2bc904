package io.sluice.stewardship.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys that sign the law: Ed25519 (RFC 8032), as PEM (RFC 7468). One file may hold several blocks; whoever verifies reads its
 * public keys, whoever signs its one private key as well.
 */
public final class LawKeys {

    static final String ALGORITHM = "Ed25519";

    private static final int ID_BYTES = 8;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PUBLIC|PRIVATE) KEY-----\\s+([A-Za-z0-9+/=\\s]+?)-----END \\1 KEY-----");

    private LawKeys() {}

    /** The public keys in a file, in its order. Throws if there is none or one is not Ed25519. */
    static List<PublicKey> publicKeys(Path file) throws IOException {
        List<PublicKey> keys = new ArrayList<>();
        try {
            for (byte[] block : blocks(file, "PUBLIC")) {
                keys.add(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(block)));
            }
        } catch (GeneralSecurityException notOne) {
            throw new IOException(file + " holds a public key that is not Ed25519", notOne);
        }
        if (keys.isEmpty()) {
            throw new IOException(file + " holds no public key (PEM, BEGIN PUBLIC KEY)");
        }
        return keys;
    }

    /** The private key in a file. Throws unless there is exactly one, and it is Ed25519. */
    static PrivateKey privateKey(Path file) throws IOException {
        List<byte[]> blocks = blocks(file, "PRIVATE");
        if (blocks.size() != 1) {
            throw new IOException(file + " should hold exactly one private key (PEM, BEGIN PRIVATE KEY)");
        }
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(blocks.getFirst()));
        } catch (GeneralSecurityException notOne) {
            throw new IOException(file + " holds a private key that is not Ed25519", notOne);
        }
    }

    /** A key's name: the first eight bytes of its SHA-256, in hexadecimal. */
    static String id(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    private static List<byte[]> blocks(Path file, String kind) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(file));
        while (matcher.find()) {
            if (matcher.group(1).equals(kind)) {
                blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
            }
        }
        return blocks;
    }
}
