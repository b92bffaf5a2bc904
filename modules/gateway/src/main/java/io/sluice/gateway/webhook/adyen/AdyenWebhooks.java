package io.sluice.gateway.webhook.adyen;

import io.sluice.gateway.webhook.CallbackProtocol;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.gateway.webhook.WebhookSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Callbacks as Adyen has them: {@code notificationItems}, each signed by itself under {@code additionalData.hmacSignature}, by
 * HMAC-SHA256 over eight of its fields. All items must be genuine, or none is believed.
 *
 * <p>Adyen signs no time. A replay changes nothing because it has the event id of the first arrival: what a partner may say once
 * is one event, whenever it comes. What is not signed is not read either.
 */
public final class AdyenWebhooks implements CallbackProtocol {

    private final List<WebhookSecret> keys;

    /** @param keys each may have signed; several while one is being replaced */
    public AdyenWebhooks(List<WebhookSecret> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("without a key nothing can be verified");
        }
        this.keys = List.copyOf(keys);
    }

    /** What Adyen's endpoints of old wait for; newer ones go by the status. */
    @Override
    public String acknowledgement() {
        return "[accepted]";
    }

    @Override
    public Verdict judge(Arrival arrival) {
        Optional<List<NotificationItem>> items =
                NotificationItem.read(arrival.body().getBytes());
        if (items.isEmpty()) {
            return new Verdict.Doubtful(WebhookRefusal.MALFORMED);
        }
        List<Event> events = new ArrayList<>(items.get().size());
        for (NotificationItem item : items.get()) {
            Optional<WebhookRefusal> doubt = item.doubt(keys);
            if (doubt.isPresent()) {
                return new Verdict.Doubtful(doubt.get());
            }
            events.add(new Event(item.eventId(), item.said()));
        }
        return new Verdict.Genuine(events);
    }
}
