package io.sluice.app.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who moves money.
 *
 * @param provider whom new authorisations go to
 * @param authorisationLasts how long the provider lets an authorisation stand
 * @param timeout how long one call may take; past it the operation is UNKNOWN, and asked about
 * @param partners who calls back besides
 */
public record Payments(
        Provider provider,
        Duration authorisationLasts,
        Duration timeout,
        Partner sandbox,
        List<Caller<Protocol>> partners) {

    /** Providers that can be called. */
    public enum Provider {
        SANDBOX
    }

    /** How providers call back. */
    public enum Protocol {
        STANDARD(WebhookKey.STANDARD),
        STRIPE(WebhookKey.STRIPE),
        ADYEN(WebhookKey.ADYEN);

        private final WebhookKey key;

        Protocol(WebhookKey key) {
            this.key = key;
        }
    }

    public Payments {
        partners = List.copyOf(partners);
        Values.positive("payments.authorisation_lasts", authorisationLasts);
        Values.positive("payments.timeout", timeout);
    }

    static Payments read(Section section) {
        Section sandbox = section.at("sandbox");
        return new Payments(
                section.oneOf("provider", Provider.SANDBOX),
                section.duration("authorisation_lasts", Duration.ofDays(7)),
                section.duration("timeout", Duration.ofSeconds(5)),
                Partner.read(sandbox, WebhookKey.VERBATIM).demand(sandbox),
                Caller.read(
                        section,
                        Set.of("provider", "timeout", "sandbox", "partners"),
                        Protocol.STANDARD,
                        protocol -> protocol.key));
    }
}
