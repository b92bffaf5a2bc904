package io.sluice.gateway.webhook.stripe;

import io.sluice.gateway.webhook.CallbackProtocol;
import io.sluice.gateway.webhook.Freshness;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.gateway.webhook.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks as Stripe has them: {@code Stripe-Signature: t=…,v1=…}; signed is {@code t.body}, by HMAC-SHA256 under the
 * endpoint's secret, {@code whsec_} included. Any {@code v1} suffices (Stripe sends one for each secret while they rotate);
 * other schemes are passed over. Unlike Stripe's own library, what is signed for a time to come is refused too.
 */
public final class StripeWebhooks implements CallbackProtocol {

    private static final String SIGNATURE = "Stripe-Signature";
    private static final int MAX_HEADER = 1024;
    private static final int MAX_PARTS = 32;
    private static final int MAX_SIGNATURES = 8;
    private static final byte[] DOT = {'.'};

    private final List<WebhookSecret> secrets;
    private final Freshness freshness;

    /** @param secrets each may have signed; several while one is being replaced */
    public StripeWebhooks(List<WebhookSecret> secrets, Freshness freshness) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("without a secret nothing can be verified");
        }
        this.secrets = List.copyOf(secrets);
        this.freshness = freshness;
    }

    @Override
    public Verdict judge(Arrival arrival) {
        return doubt(arrival)
                .<Verdict>map(Verdict.Doubtful::new)
                .orElseGet(() -> StripeEvent.read(arrival.body().getBytes()));
    }

    /** Why a callback is not believed; empty if it is. */
    Optional<WebhookRefusal> doubt(Arrival arrival) {
        if (!arrival.has(SIGNATURE)) {
            return Optional.of(WebhookRefusal.SIGNATURE_MISSING);
        }
        String header = arrival.only(SIGNATURE, MAX_HEADER);
        Shown shown = header == null ? null : shown(header);
        OptionalLong seconds = shown == null ? OptionalLong.empty() : Freshness.seconds(shown.time());
        if (shown == null || seconds.isEmpty() || shown.signatures().isEmpty()) {
            return Optional.of(WebhookRefusal.SIGNATURE_GARBLED);
        }
        byte[] time = shown.time().getBytes(StandardCharsets.US_ASCII);
        // the signature first: only somebody who knows the secret learns how our clock stands to his
        return WebhookSecret.isSigned(
                        secrets, shown.signatures(), time, DOT, arrival.body().getBytes())
                ? freshness.doubt(seconds.getAsLong())
                : Optional.of(WebhookRefusal.SIGNATURE_WRONG);
    }

    /** @param time as it stands there, which is what is signed */
    private record Shown(String time, List<byte[]> signatures) {}

    /** What the header shows; null if it does not say one time, or more than anybody needs to. */
    private static @Nullable Shown shown(String header) {
        String[] parts = header.split(",", MAX_PARTS + 1);
        String time = null;
        int count = 0;
        List<byte[]> signatures = new ArrayList<>(2);
        for (String part : parts) {
            if (part.startsWith("t=")) {
                if (time != null) {
                    return null;
                }
                time = part.substring(2);
            } else if (part.startsWith("v1=")) {
                count++;
                byte[] signature = WebhookSecret.signature(part.substring(3));
                if (signature.length > 0) {
                    signatures.add(signature);
                }
            }
        }
        return time == null || count > MAX_SIGNATURES || parts.length > MAX_PARTS ? null : new Shown(time, signatures);
    }
}
