package io.sluice.gateway.subscription;

import io.sluice.commerce.api.MerchantCalls.Notice;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.webhook.WebhookSecret;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A notice as Standard Webhooks 1.0.0 sends it.
 *
 * @param headers id, time and signatures, one for each secret
 */
record SignedNotice(Map<String, String> headers, Buffer body) {

    private static final byte[] DOT = {'.'};

    SignedNotice {
        headers = Map.copyOf(headers);
    }

    /**
     * The id is that of the event, so it is the same at each try and at a replay; the time is that of the try.
     *
     * @param secrets the newest first
     */
    static SignedNotice of(Notice notice, List<WebhookSecret> secrets, Instant now) {
        Buffer body = body(notice);
        String id = notice.orderId() + "_" + notice.event().sequence();
        String time = Long.toString(now.getEpochSecond());
        String signatures = secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(signature(secret, id, time, body)))
                .collect(Collectors.joining(" "));
        return new SignedNotice(
                Map.of("webhook-id", id, "webhook-timestamp", time, "webhook-signature", signatures), body);
    }

    private static byte[] signature(WebhookSecret secret, String id, String time, Buffer body) {
        return secret.sign(
                id.getBytes(StandardCharsets.US_ASCII),
                DOT,
                time.getBytes(StandardCharsets.US_ASCII),
                DOT,
                body.getBytes());
    }

    private static Buffer body(Notice notice) {
        return Answers.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("type", notice.event().kind());
            json.writeStringField(
                    "timestamp", Instant.ofEpochMilli(notice.event().atMillis()).toString());
            json.writeObjectFieldStart("data");
            json.writeStringField("order_id", notice.orderId().toString());
            json.writeNumberField("sequence", notice.event().sequence());
            json.writeStringField("state", notice.event().state());
            if (notice.total() != null && notice.currency() != null) {
                json.writeObjectFieldStart("total");
                json.writeNumberField("amount", notice.total());
                json.writeStringField("currency", notice.currency());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
