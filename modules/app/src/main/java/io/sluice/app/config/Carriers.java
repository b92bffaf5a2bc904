package io.sluice.app.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who moves parcels.
 *
 * @param carrier whom new parcels go to
 * @param timeout how long one call may take; past it the shipment is UNKNOWN, and asked about
 * @param standard calls back too if it has a secret
 * @param partners who calls back besides
 */
public record Carriers(
        Carrier carrier, Duration timeout, Partner sandbox, Partner standard, List<Caller<Protocol>> partners) {

    /** Carriers that can be called. */
    public enum Carrier {
        SANDBOX
    }

    /** How carriers call back. */
    public enum Protocol {
        STANDARD(WebhookKey.STANDARD),
        EASYPOST(WebhookKey.VERBATIM);

        private final WebhookKey key;

        Protocol(WebhookKey key) {
            this.key = key;
        }
    }

    public Carriers {
        partners = List.copyOf(partners);
        Values.positive("carriers.timeout", timeout);
    }

    static Carriers read(Section section) {
        Section sandbox = section.at("sandbox");
        return new Carriers(
                section.oneOf("carrier", Carrier.SANDBOX),
                section.duration("timeout", Duration.ofSeconds(5)),
                Partner.read(sandbox, WebhookKey.VERBATIM).demand(sandbox),
                Partner.read(section.at("standard"), WebhookKey.STANDARD),
                Caller.read(
                        section,
                        Set.of("carrier", "timeout", "sandbox", "standard", "partners"),
                        Protocol.STANDARD,
                        protocol -> protocol.key));
    }
}
