package io.sluice.gateway.http;

import io.sluice.gateway.json.CardNumbers;
import io.sluice.vault.KeyedHash;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/**
 * A request's idempotency key, as it is compared and kept: never the key itself, nor the body, but keyed hashes of them.
 *
 * @param scope of principal, method, path and key, in hexadecimal
 * @param fingerprint of the body, in hexadecimal
 */
public record IdempotencyKey(String scope, String fingerprint) {

    private static final int LONGEST = 255;

    /**
     * Reads the header, bare or as the structured-field string of the draft standard. Throws {@link Refused} if it is missing or
     * is not 1 to 255 visible characters.
     */
    public static IdempotencyKey of(RoutingContext http, UUID principal, Buffer body, KeyedHash hash) {
        String header = http.request().getHeader("idempotency-key");
        if (header == null) {
            throw new Refused(Problems.of(RequestRefusal.IDEMPOTENCY_KEY_MISSING));
        }
        boolean isQuoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
        String key = isQuoted ? header.substring(1, header.length() - 1) : header;
        if (key.isEmpty() || key.length() > LONGEST || !key.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            throw new Refused(Problems.of(RequestRefusal.IDEMPOTENCY_KEY_INVALID));
        }
        if (CardNumbers.isIn(key)) {
            throw new Refused(Problems.of(RequestRefusal.CARD_NUMBER));
        }
        String scope = principal + "\n" + http.request().method() + "\n"
                + http.request().path() + "\n" + key;
        return new IdempotencyKey(hash.hex(scope), java.util.HexFormat.of().formatHex(hash.of(body.getBytes())));
    }
}
