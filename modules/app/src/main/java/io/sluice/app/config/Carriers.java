package io.sluice.app.config;

import java.time.Duration;
import java.util.Locale;

/**
 * Who moves parcels. Whoever has a secret may call back, whichever carrier new parcels go to, and moves what is their own.
 *
 * @param carrier whom new parcels go to
 * @param timeout how long one call may take; past it the shipment is UNKNOWN, and asked about
 * @param standard whoever calls back by Standard Webhooks
 */
public record Carriers(
        Carrier carrier, Duration timeout, Partner sandbox, Caller<Carrier> standard, Caller<Carrier> easypost) {

    /** Carriers that can be called. */
    public enum Carrier {
        SANDBOX;

        /** As callbacks name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
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
                Caller.read(section.at("standard"), WebhookKey.STANDARD, Carrier.class),
                Caller.read(section.at("easypost"), WebhookKey.VERBATIM, Carrier.class));
    }
}
