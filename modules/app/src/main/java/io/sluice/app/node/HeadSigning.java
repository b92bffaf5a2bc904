package io.sluice.app.node;

import com.google.crypto.tink.subtle.Ed25519Sign;
import io.sluice.ledger.log.HeadKey;
import io.sluice.ledger.log.HeadSigner;
import io.sluice.vault.keystore.HashUse;
import io.sluice.vault.keystore.Keystore;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * The key that signs the ledger's heads. It is derived from the keystore's root, as the keys of all keyed hashes are: it lives
 * where the key-encryption keys live, all nodes have it, and the file need not change for it.
 */
final class HeadSigning {

    /** A later key has a later number; earlier ones can still be derived, to check what they have signed. */
    private static final String FIRST = "1";

    private HeadSigning() {}

    static HeadSigner by(Keystore keystore) {
        byte[] seed = keystore.keyedHash(HashUse.LEDGER_HEADS).of(FIRST.getBytes(StandardCharsets.US_ASCII));
        try {
            Ed25519Sign.KeyPair pair = Ed25519Sign.KeyPair.newKeyPairFromSeed(seed);
            Ed25519Sign signing = new Ed25519Sign(pair.getPrivateKey());
            return HeadSigner.of(HeadKey.of(Buffer.buffer(pair.getPublicKey())), bytes -> signed(signing, bytes));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no Ed25519", missing);
        }
    }

    private static byte[] signed(Ed25519Sign signing, byte[] bytes) {
        try {
            return signing.sign(bytes);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("a head could not be signed", failed);
        }
    }
}
