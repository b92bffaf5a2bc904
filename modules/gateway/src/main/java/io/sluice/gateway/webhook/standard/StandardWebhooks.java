package io.sluice.gateway.webhook.standard;

import io.sluice.gateway.webhook.CallbackProtocol;
import io.sluice.gateway.webhook.Channel;
import io.sluice.gateway.webhook.Freshness;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.gateway.webhook.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Callbacks as Standard Webhooks 1.0.0 has them: headers {@code webhook-id}, {@code webhook-timestamp} and {@code
 * webhook-signature}; signed is {@code id.timestamp.body}, by HMAC-SHA256 (scheme {@code v1}) or Ed25519 (scheme {@code
 * v1a}). Any signature of the list suffices; other schemes in it are passed over.
 */
public final class StandardWebhooks implements CallbackProtocol {

    private static final String ID = "webhook-id";
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";
    private static final int MAX_ID = 255;
    private static final int MAX_TIMESTAMP = 12;
    private static final int MAX_SIGNATURE_HEADER = 2048;
    private static final int MAX_SIGNATURES = 16;
    // each takes half a millisecond to verify, of an event loop, and strangers may send them
    private static final int MAX_ASYMMETRIC = 4;
    private static final String SYMMETRIC = "v1,";
    private static final String ASYMMETRIC = "v1a,";
    private static final int SHA256_BYTES = 32;
    private static final int ED25519_BYTES = 64;
    private static final byte[] DOT = {'.'};

    private final List<WebhookSecret> secrets;
    private final List<StandardKey.Public> publicKeys;
    private final Freshness freshness;
    private final CallbackReader reader;

    /** @param keys each may have signed; several while one is being replaced */
    public StandardWebhooks(Channel channel, List<StandardKey> keys, Freshness freshness) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("without a key nothing can be verified");
        }
        this.secrets = keys.stream()
                .filter(StandardKey.Shared.class::isInstance)
                .map(key -> ((StandardKey.Shared) key).secret())
                .toList();
        this.publicKeys = keys.stream()
                .filter(StandardKey.Public.class::isInstance)
                .map(StandardKey.Public.class::cast)
                .toList();
        this.freshness = freshness;
        this.reader = new CallbackReader(channel);
    }

    @Override
    public Verdict judge(Arrival arrival) {
        return doubt(arrival)
                .<Verdict>map(Verdict.Doubtful::new)
                .orElseGet(() -> Verdict.of(
                        Objects.requireNonNull(arrival.only(ID, MAX_ID), "believed without an id"),
                        reader.read(arrival.body().getBytes())));
    }

    /** Why a callback is not believed; empty if it is. */
    Optional<WebhookRefusal> doubt(Arrival arrival) {
        if (!arrival.has(ID) || !arrival.has(TIMESTAMP) || !arrival.has(SIGNATURE)) {
            return Optional.of(WebhookRefusal.SIGNATURE_MISSING);
        }
        String id = arrival.only(ID, MAX_ID);
        String timestamp = arrival.only(TIMESTAMP, MAX_TIMESTAMP);
        String signatures = arrival.only(SIGNATURE, MAX_SIGNATURE_HEADER);
        if (id == null || timestamp == null || signatures == null || !isEventId(id)) {
            return Optional.of(WebhookRefusal.SIGNATURE_GARBLED);
        }
        OptionalLong seconds = Freshness.seconds(timestamp);
        List<byte[]> symmetric = shown(signatures, SYMMETRIC, SHA256_BYTES, MAX_SIGNATURES);
        List<byte[]> asymmetric = shown(signatures, ASYMMETRIC, ED25519_BYTES, MAX_ASYMMETRIC);
        if (seconds.isEmpty() || (symmetric.isEmpty() && asymmetric.isEmpty())) {
            return Optional.of(WebhookRefusal.SIGNATURE_GARBLED);
        }
        byte[][] signed = {
            id.getBytes(StandardCharsets.US_ASCII),
            DOT,
            timestamp.getBytes(StandardCharsets.US_ASCII),
            DOT,
            arrival.body().getBytes()
        };
        // the signature first: only somebody who knows the secret learns how our clock stands to his
        return WebhookSecret.isSigned(secrets, symmetric, signed) || isSigned(asymmetric, signed)
                ? freshness.doubt(seconds.getAsLong())
                : Optional.of(WebhookRefusal.SIGNATURE_WRONG);
    }

    /** Visible ASCII without a dot: a dot would let one signature fit two splits of id and time. */
    private static boolean isEventId(String id) {
        return !id.isEmpty() && id.chars().allMatch(c -> c > ' ' && c <= '~' && c != '.');
    }

    /** The signatures of one scheme in the list that could be one; the rest does not count. */
    private static List<byte[]> shown(String header, String scheme, int length, int max) {
        List<byte[]> shown = new ArrayList<>(2);
        for (String entry : header.split(" ", MAX_SIGNATURES + 1)) {
            if (entry.startsWith(scheme) && shown.size() < max) {
                byte[] signature = WebhookSecret.base64(entry.substring(scheme.length()));
                if (signature.length == length) {
                    shown.add(signature);
                }
            }
        }
        return shown;
    }

    private boolean isSigned(List<byte[]> shown, byte[]... parts) {
        return publicKeys.stream()
                .anyMatch(key -> shown.stream().anyMatch(signature -> key.verifies(signature, parts)));
    }
}
