package io.sluice.app.config;

import java.time.Duration;
import java.util.List;

/**
 * Who moves parcels. Whoever has a secret may call back, whichever carrier new parcels go to.
 *
 * @param carrier whom new parcels go to
 * @param timeout how long one call may take; past it the shipment is UNKNOWN, and asked about
 * @param standard what callbacks by Standard Webhooks are verified by, the newest first, as are the others
 * @param easypost what EasyPost's callbacks are verified by
 */
public record Carriers(
        Carrier carrier, Duration timeout, Partner sandbox, List<Secret> standard, List<Secret> easypost) {

    /** Carriers that can be called. */
    public enum Carrier {
        SANDBOX
    }

    public Carriers {
        standard = List.copyOf(standard);
        easypost = List.copyOf(easypost);
        Values.positive("carriers.timeout", timeout);
    }

    static Carriers read(Section section) {
        Section sandbox = section.at("sandbox");
        return new Carriers(
                section.oneOf("carrier", Carrier.SANDBOX),
                section.duration("timeout", Duration.ofSeconds(5)),
                Partner.read(sandbox, WebhookKey.VERBATIM).demand(sandbox),
                section.at("standard").webhookSecrets(WebhookKey.STANDARD),
                section.at("easypost").webhookSecrets(WebhookKey.VERBATIM));
    }
}
