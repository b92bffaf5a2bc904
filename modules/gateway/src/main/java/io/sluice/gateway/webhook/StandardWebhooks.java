package io.sluice.gateway.webhook;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Believes or disbelieves callbacks signed as Standard Webhooks 1.0.0 say: headers {@code webhook-id}, {@code
 * webhook-timestamp} and {@code webhook-signature}; signed is {@code id.timestamp.body}, by HMAC-SHA256 (scheme {@code v1}).
 * Other schemes in the list are passed over.
 *
 * <p>Whatever a header holds, the answer is a verdict and never an exception. Numbers are read digit by digit, so that no
 * locale changes what is signed. Safe for many threads.
 */
public final class StandardWebhooks {

    private static final String ID = "webhook-id";
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";
    private static final int MAX_ID = 255;
    private static final int MAX_TIMESTAMP_DIGITS = 12;
    private static final int MAX_SIGNATURE_HEADER = 2048;
    private static final int MAX_SIGNATURES = 16;
    private static final int SHA256_BYTES = 32;
    private static final byte[] DOT = {'.'};

    private final List<WebhookSecret> secrets;
    private final Duration tolerance;
    private final InstantSource clock;

    /**
     * @param secrets each may have signed; several while one is being replaced
     * @param tolerance how far the signature's time may lie from now, before or after
     */
    public StandardWebhooks(List<WebhookSecret> secrets, Duration tolerance, InstantSource clock) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("without a secret nothing can be verified");
        }
        if (!tolerance.isPositive()) {
            throw new IllegalArgumentException("the tolerance of signatures must be positive");
        }
        this.secrets = List.copyOf(secrets);
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /** What is thought of a callback. */
    public sealed interface Verdict {

        /** @param eventId the partner's id of the event, the same whenever it is sent again */
        record Genuine(String eventId) implements Verdict {}

        /** It is not to be believed. */
        record Doubtful(WebhookRefusal why) implements Verdict {}
    }

    /** @param body the raw bytes, as they came */
    public Verdict verify(MultiMap headers, Buffer body) {
        if (!headers.contains(ID) || !headers.contains(TIMESTAMP) || !headers.contains(SIGNATURE)) {
            return new Verdict.Doubtful(WebhookRefusal.SIGNATURE_MISSING);
        }
        String id = only(headers, ID, MAX_ID);
        String timestamp = only(headers, TIMESTAMP, MAX_TIMESTAMP_DIGITS);
        String signatures = only(headers, SIGNATURE, MAX_SIGNATURE_HEADER);
        if (id == null || timestamp == null || signatures == null || !isEventId(id)) {
            return new Verdict.Doubtful(WebhookRefusal.SIGNATURE_GARBLED);
        }
        OptionalLong seconds = seconds(timestamp);
        List<byte[]> shown = shown(signatures);
        if (seconds.isEmpty() || shown.isEmpty()) {
            return new Verdict.Doubtful(WebhookRefusal.SIGNATURE_GARBLED);
        }
        // the signature first: only somebody who knows the secret learns how our clock stands to his
        if (!isSigned(id, timestamp, body, shown)) {
            return new Verdict.Doubtful(WebhookRefusal.SIGNATURE_WRONG);
        }
        long age = clock.instant().getEpochSecond() - seconds.getAsLong();
        if (age > tolerance.toSeconds()) {
            return new Verdict.Doubtful(WebhookRefusal.STALE);
        }
        if (-age > tolerance.toSeconds()) {
            return new Verdict.Doubtful(WebhookRefusal.FROM_THE_FUTURE);
        }
        return new Verdict.Genuine(id);
    }

    /** The header's value if it is there once and not too long. */
    private static @Nullable String only(MultiMap headers, String name, int maxLength) {
        List<String> values = headers.getAll(name);
        return values.size() == 1 && values.getFirst().length() <= maxLength ? values.getFirst() : null;
    }

    /** Visible ASCII without a dot: a dot would let one signature fit two splits of id and time. */
    private static boolean isEventId(String id) {
        return !id.isEmpty() && id.chars().allMatch(c -> c > ' ' && c <= '~' && c != '.');
    }

    private static OptionalLong seconds(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
        }
        return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The v1 signatures of the list that could be one; the rest does not count. */
    private static List<byte[]> shown(String header) {
        List<byte[]> shown = new ArrayList<>(2);
        for (String entry : header.split(" ", MAX_SIGNATURES + 1)) {
            if (entry.startsWith("v1,") && shown.size() < MAX_SIGNATURES) {
                byte[] signature = decoded(entry.substring(3));
                if (signature.length == SHA256_BYTES) {
                    shown.add(signature);
                }
            }
        }
        return shown;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            // what is not base64 matches nothing
            return new byte[0];
        }
    }

    /** Compares every secret with every signature, in a time that does not tell where they differ. */
    private boolean isSigned(String id, String timestamp, Buffer body, List<byte[]> shown) {
        byte[] idBytes = id.getBytes(StandardCharsets.US_ASCII);
        byte[] timeBytes = timestamp.getBytes(StandardCharsets.US_ASCII);
        byte[] bodyBytes = body.getBytes();
        boolean isSigned = false;
        for (WebhookSecret secret : secrets) {
            byte[] expected = secret.sign(idBytes, DOT, timeBytes, DOT, bodyBytes);
            for (byte[] signature : shown) {
                isSigned |= MessageDigest.isEqual(expected, signature);
            }
        }
        return isSigned;
    }
}
