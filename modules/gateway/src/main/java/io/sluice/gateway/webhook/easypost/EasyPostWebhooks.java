package io.sluice.gateway.webhook.easypost;

import io.sluice.gateway.webhook.CallbackProtocol;
import io.sluice.gateway.webhook.Freshness;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.gateway.webhook.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Callbacks as EasyPost has them: {@code X-Hmac-Signature-V2} over time, method, path and body where it is sent, else {@code
 * X-Hmac-Signature} over the body alone; both by HMAC-SHA256, written {@code hmac-sha256-hex=…}.
 *
 * <p>The older signature has no time: whoever has seen such a callback can send it again, and changes nothing, since its event's
 * id is known then.
 */
public final class EasyPostWebhooks implements CallbackProtocol {

    private static final String SIGNATURE = "X-Hmac-Signature";
    private static final String SIGNATURE_V2 = "X-Hmac-Signature-V2";
    private static final String TIMESTAMP = "X-Timestamp";
    private static final String PATH = "X-Path";
    private static final String PREFIX = "hmac-sha256-hex=";
    private static final int MAX_SIGNATURE = PREFIX.length() + 64;
    private static final int MAX_TIMESTAMP = 64;
    private static final int MAX_PATH = 255;

    private final List<WebhookSecret> secrets;
    private final Freshness freshness;

    /** @param secrets each may have signed; several while one is being replaced */
    public EasyPostWebhooks(List<WebhookSecret> secrets, Freshness freshness) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("without a secret nothing can be verified");
        }
        this.secrets = List.copyOf(secrets);
        this.freshness = freshness;
    }

    /** A secret as it was given to EasyPost, which signs with its compatibility decomposition (NFKD). */
    public static WebhookSecret secret(String given) {
        return WebhookSecret.verbatim(Normalizer.normalize(given, Normalizer.Form.NFKD));
    }

    @Override
    public Verdict judge(Arrival arrival) {
        return doubt(arrival)
                .<Verdict>map(Verdict.Doubtful::new)
                .orElseGet(() -> TrackerEvent.read(arrival.body().getBytes()));
    }

    /** Why a callback is not believed; empty if it is. */
    Optional<WebhookRefusal> doubt(Arrival arrival) {
        return arrival.has(SIGNATURE_V2) ? doubtOfSecond(arrival) : doubtOfFirst(arrival);
    }

    private Optional<WebhookRefusal> doubtOfFirst(Arrival arrival) {
        if (!arrival.has(SIGNATURE)) {
            return Optional.of(WebhookRefusal.SIGNATURE_MISSING);
        }
        byte[] shown = shown(arrival, SIGNATURE);
        if (shown.length == 0) {
            return Optional.of(WebhookRefusal.SIGNATURE_GARBLED);
        }
        return WebhookSecret.isSigned(secrets, List.of(shown), arrival.body().getBytes())
                ? Optional.empty()
                : Optional.of(WebhookRefusal.SIGNATURE_WRONG);
    }

    private Optional<WebhookRefusal> doubtOfSecond(Arrival arrival) {
        if (!arrival.has(TIMESTAMP) || !arrival.has(PATH)) {
            return Optional.of(WebhookRefusal.SIGNATURE_MISSING);
        }
        byte[] shown = shown(arrival, SIGNATURE_V2);
        String timestamp = arrival.only(TIMESTAMP, MAX_TIMESTAMP);
        String path = arrival.only(PATH, MAX_PATH);
        OptionalLong seconds = timestamp == null ? OptionalLong.empty() : seconds(timestamp);
        if (shown.length == 0 || path == null || timestamp == null || seconds.isEmpty()) {
            return Optional.of(WebhookRefusal.SIGNATURE_GARBLED);
        }
        byte[] head = (timestamp + "POST" + path).getBytes(StandardCharsets.UTF_8);
        // the signature first: only somebody who knows the secret learns how our clock stands to his
        boolean isSigned = WebhookSecret.isSigned(
                secrets, List.of(shown), head, arrival.body().getBytes());
        // signed for another endpoint, it is not for this one
        return isSigned && path.equals(arrival.path())
                ? freshness.doubt(seconds.getAsLong())
                : Optional.of(WebhookRefusal.SIGNATURE_WRONG);
    }

    /** The signature in a header; empty if there is none that could be one. */
    private static byte[] shown(Arrival arrival, String header) {
        String value = arrival.only(header, MAX_SIGNATURE);
        return value == null || !value.startsWith(PREFIX)
                ? new byte[0]
                : WebhookSecret.signature(value.substring(PREFIX.length()));
    }

    /** RFC 2822, as EasyPost describes it, or ISO 8601, as it was seen; neither parser goes by the locale. */
    private static OptionalLong seconds(String timestamp) {
        for (DateTimeFormatter form :
                List.of(DateTimeFormatter.RFC_1123_DATE_TIME, DateTimeFormatter.ISO_OFFSET_DATE_TIME)) {
            try {
                return OptionalLong.of(OffsetDateTime.parse(timestamp, form).toEpochSecond());
            } catch (DateTimeParseException another) {
                // then it may be of the other form
            }
        }
        return OptionalLong.empty();
    }
}
