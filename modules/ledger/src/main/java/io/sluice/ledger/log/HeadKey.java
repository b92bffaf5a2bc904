package io.sluice.ledger.log;

import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/**
 * The public half of an Ed25519 key that signs heads (RFC 8032).
 *
 * @param id by which heads name it: the start of the hash of the key's bytes
 * @param bytes 32 of them
 */
public record HeadKey(String id, Buffer bytes) {

    private static final int ID_BYTES = 12;
    /** What X.509 puts before the 32 bytes of an Ed25519 key (RFC 8410, 4). */
    private static final byte[] X509 = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    public static HeadKey of(Buffer bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.getBytes());
            return new HeadKey(Encoded.text(Buffer.buffer(Arrays.copyOf(hash, ID_BYTES))), bytes);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }

    /** Whether this key has signed these bytes so. A key or signature that is none has not. */
    boolean hasSigned(Buffer signed, Buffer signature) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(
                            Buffer.buffer(X509).appendBuffer(bytes).getBytes()));
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(signed.getBytes());
            return check.verify(signature.getBytes());
        } catch (GeneralSecurityException notSigned) {
            return false;
        }
    }
}
