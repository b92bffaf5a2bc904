package io.sluice.gateway.webhook;

import java.time.Duration;
import java.util.Map;

/**
 * @param payments who may call back about payments, by the name in the path
 * @param carriers who may call back about parcels
 * @param maxBody bytes that a callback may have
 * @param maxInHand genuine callbacks of one partner that wait to be taken, on this node
 * @param patience how long the inbox may take; partners hang up after a few seconds
 */
public record WebhookSettings(
        Map<String, CallbackProtocol> payments,
        Map<String, CallbackProtocol> carriers,
        long maxBody,
        int maxInHand,
        Duration patience) {

    public WebhookSettings {
        payments = Map.copyOf(payments);
        carriers = Map.copyOf(carriers);
        if (maxBody < 1 || maxInHand < 1 || !patience.isPositive()) {
            throw new IllegalArgumentException("webhook limits must be positive");
        }
    }

    /** What partners allow: 64 KiB, and an answer within 2.5 seconds. */
    public static WebhookSettings of(Map<String, CallbackProtocol> payments, Map<String, CallbackProtocol> carriers) {
        return new WebhookSettings(payments, carriers, 64 * 1024, 2_000, Duration.ofMillis(2500));
    }

    /** Who may call back about that, and how each of them does. */
    Map<String, CallbackProtocol> partners(Channel channel) {
        return switch (channel) {
            case PAYMENTS -> payments;
            case CARRIERS -> carriers;
        };
    }
}
