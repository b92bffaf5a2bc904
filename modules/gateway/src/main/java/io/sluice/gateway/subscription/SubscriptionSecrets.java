package io.sluice.gateway.subscription;

import io.sluice.commerce.api.Subscription;
import io.sluice.gateway.webhook.WebhookSecret;
import io.sluice.vault.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** The secrets that notices are signed with: derived from the keystore by the subscription's id and the secret's number. */
public final class SubscriptionSecrets {

    private final KeyedHash hash;
    private final Duration overlap;

    /** @param overlap how long a secret signs on beside the one that follows it */
    public SubscriptionSecrets(KeyedHash hash, Duration overlap) {
        this.hash = hash;
        this.overlap = overlap;
    }

    /** The newest one, as it is shown to whoever made it: {@code whsec_} and the base64 of 32 bytes. */
    String shown(Subscription subscription) {
        return text(subscription.id(), subscription.secretsMadeAt().size() - 1);
    }

    /** Until when the one before the newest signs on, if there is one. */
    Instant overlapEnd(Subscription subscription) {
        return Instant.ofEpochMilli(subscription.secretsMadeAt().getLast()).plus(overlap);
    }

    /** Those that sign now, the newest first. */
    List<WebhookSecret> signing(Subscription subscription, Instant now) {
        List<WebhookSecret> secrets = new ArrayList<>();
        List<Long> madeAt = subscription.secretsMadeAt();
        for (int number = madeAt.size() - 1; number >= 0; number--) {
            boolean isNewest = number == madeAt.size() - 1;
            if (isNewest
                    || now.isBefore(Instant.ofEpochMilli(madeAt.get(number + 1)).plus(overlap))) {
                secrets.add(WebhookSecret.of(text(subscription.id(), number)));
            }
        }
        return secrets;
    }

    private String text(UUID id, int number) {
        byte[] key = hash.of((id + " " + number).getBytes(StandardCharsets.US_ASCII));
        return WebhookSecret.STANDARD_PREFIX + Base64.getEncoder().encodeToString(key);
    }
}
