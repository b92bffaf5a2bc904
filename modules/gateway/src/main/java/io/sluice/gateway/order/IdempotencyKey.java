package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.gateway.json.CardNumbers;
import io.sluice.guard.Parcel;
import io.sluice.vault.KeyedHash;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A request's idempotency key, as it is compared and kept: never the key itself, nor the body, but keyed hashes of them.
 *
 * @param scope of principal, method, path and key, in hexadecimal
 * @param fingerprint of the body's canonical text, in hexadecimal
 */
public record IdempotencyKey(String scope, String fingerprint) {

    private static final int LONGEST = 255;
    // many clients use UUIDs; now and then the digits of one make up a card number, and it is none
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /**
     * The header, bare or as the structured-field string of the draft standard. Throws {@link Refused} if it is missing or is
     * not 1 to 255 visible characters.
     */
    public static String in(RoutingContext http) {
        List<String> headers = http.request().headers().getAll("idempotency-key");
        if (headers.isEmpty()) {
            throw new Refused(Problems.of(RequestRefusal.IDEMPOTENCY_KEY_MISSING));
        }
        String header = headers.getFirst();
        boolean isQuoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
        String key = isQuoted ? header.substring(1, header.length() - 1) : header;
        boolean isVisible = key.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        if (headers.size() > 1 || key.isEmpty() || key.length() > LONGEST || !isVisible) {
            throw new Refused(Problems.of(RequestRefusal.IDEMPOTENCY_KEY_INVALID));
        }
        if (!UUID_TEXT.matcher(key).matches() && CardNumbers.isIn(key)) {
            throw new Refused(Problems.of(RequestRefusal.CARD_NUMBER));
        }
        return key;
    }

    /** The header, or, of a request without one, a key that no other has: it is done each time that it is sent. */
    public static String inOrFresh(RoutingContext http) {
        return http.request().headers().contains("idempotency-key")
                ? in(http)
                : UUID.randomUUID().toString();
    }

    /**
     * @param key as {@link #in} read it
     * @param canonical the same for the same request, however it was written
     */
    public static IdempotencyKey of(RoutingContext http, UUID principal, String key, String canonical, KeyedHash hash) {
        String scope = principal + "\n" + http.request().method() + "\n"
                + http.request().path() + "\n" + key;
        return new IdempotencyKey(hash.hex(scope), hash.hex(canonical));
    }

    /** The parcel, saying that it is this request. */
    public Parcel on(Parcel parcel) {
        return parcel.with(CommerceFields.IDEMPOTENCY_SCOPE, scope)
                .with(CommerceFields.IDEMPOTENCY_FINGERPRINT, fingerprint);
    }
}
