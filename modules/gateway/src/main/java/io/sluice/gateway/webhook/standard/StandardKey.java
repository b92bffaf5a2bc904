package io.sluice.gateway.webhook.standard;

import io.sluice.gateway.webhook.WebhookSecret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** What a signature of Standard Webhooks is checked by. */
public sealed interface StandardKey {

    /** What a public key is written with, followed by base64. */
    String PUBLIC_PREFIX = "whpk_";

    String ED25519 = "Ed25519";

    /** For scheme {@code v1}: a secret shared with the partner. */
    record Shared(WebhookSecret secret) implements StandardKey {}

    /** For scheme {@code v1a}: the partner's public key. Whoever reads it can verify, and sign nothing. */
    record Public(PublicKey key) implements StandardKey {

        /** Whether this signature is by the key's owner, over the parts, one after the other. */
        boolean verifies(byte[] signature, byte[]... parts) {
            try {
                Signature verifier = Signature.getInstance(ED25519);
                verifier.initVerify(key);
                for (byte[] part : parts) {
                    verifier.update(part);
                }
                return verifier.verify(signature);
            } catch (GeneralSecurityException noSignature) {
                return false;
            }
        }
    }

    /**
     * A key as partners hand it out: {@code whpk_} and base64 is a public key, anything else a shared secret.
     *
     * @throws IllegalArgumentException if it is neither; without naming it
     */
    static StandardKey of(String configured) {
        return configured.startsWith(PUBLIC_PREFIX)
                ? new Public(decoded(configured.substring(PUBLIC_PREFIX.length())))
                : new Shared(WebhookSecret.of(configured));
    }

    private static PublicKey decoded(String base64) {
        // RFC 8410: what precedes the 32 bytes of an Ed25519 key in its X.509 form
        byte[] prefix = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            byte[] encoded = new byte[prefix.length + key.length];
            System.arraycopy(prefix, 0, encoded, 0, prefix.length);
            System.arraycopy(key, 0, encoded, prefix.length, key.length);
            PublicKey decoded = KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(encoded));
            // not every 32 bytes are a point of the curve, and only its use tells
            Signature.getInstance(ED25519).initVerify(decoded);
            return decoded;
        } catch (IllegalArgumentException | GeneralSecurityException noKey) {
            throw new IllegalArgumentException(
                    "a webhook's public key is not base64 of 32 bytes after " + PUBLIC_PREFIX);
        }
    }
}
