package io.sluice.app.config;

import java.time.Duration;

/**
 * Who moves parcels.
 *
 * @param carrier whom new parcels go to
 * @param timeout how long one call may take; past it the shipment is UNKNOWN, and asked about
 */
public record Carriers(Carrier carrier, Duration timeout, Partner sandbox, Partner standard) {

    /** Carriers that can be called. Callbacks are taken from every partner that has a secret. */
    public enum Carrier {
        SANDBOX
    }

    public Carriers {
        Values.positive("carriers.timeout", timeout);
    }

    static Carriers read(Section section) {
        Section sandbox = section.at("sandbox");
        return new Carriers(
                section.oneOf("carrier", Carrier.SANDBOX),
                section.duration("timeout", Duration.ofSeconds(5)),
                Partner.read(sandbox, WebhookKey.VERBATIM).demand(sandbox),
                Partner.read(section.at("standard"), WebhookKey.STANDARD));
    }
}
