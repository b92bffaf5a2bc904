package io.sluice.ledger.log;

import io.vertx.core.buffer.Buffer;
import java.util.function.UnaryOperator;

/** The port to whoever holds the key that signs heads. It signs nothing else. */
public interface HeadSigner {

    HeadKey key();

    /** Ed25519 over the bytes (RFC 8032, 5.1): 64 bytes. */
    Buffer sign(Buffer bytes);

    /**
     * A signer by a function.
     *
     * @param sign safe for many threads
     */
    static HeadSigner of(HeadKey key, UnaryOperator<byte[]> sign) {
        return new HeadSigner() {
            @Override
            public HeadKey key() {
                return key;
            }

            @Override
            public Buffer sign(Buffer bytes) {
                return Buffer.buffer(sign.apply(bytes.getBytes()));
            }
        };
    }
}
