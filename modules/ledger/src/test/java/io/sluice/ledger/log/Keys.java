package io.sluice.ledger.log;

import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/** Keys to sign heads with, made on the spot. */
final class Keys {

    private Keys() {}

    static HeadSigner fresh() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] x509 = pair.getPublic().getEncoded();
            HeadKey key = HeadKey.of(Buffer.buffer(Arrays.copyOfRange(x509, x509.length - 32, x509.length)));
            return HeadSigner.of(key, bytes -> {
                try {
                    Signature signing = Signature.getInstance("Ed25519");
                    signing.initSign(pair.getPrivate());
                    signing.update(bytes);
                    return signing.sign();
                } catch (GeneralSecurityException failed) {
                    throw new IllegalStateException(failed);
                }
            });
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
