package io.sluice.ledger.log;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;

/** How the log writes hashes, keys and signatures in JSON: base64url without padding (RFC 4648, 5), as pseudonyms are. */
public final class Encoded {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Encoded() {}

    /** Bytes as text. */
    public static String text(Buffer bytes) {
        return ENCODER.encodeToString(bytes.getBytes());
    }

    /** @throws IllegalArgumentException if it is no such text */
    static Buffer bytes(String text) {
        return Buffer.buffer(Base64.getUrlDecoder().decode(text));
    }
}
