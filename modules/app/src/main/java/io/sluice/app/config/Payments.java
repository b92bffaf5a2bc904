package io.sluice.app.config;

import java.time.Duration;

/**
 * Who moves money.
 *
 * @param provider whom new authorisations go to
 * @param authorisationLasts how long the provider lets an authorisation stand
 * @param timeout how long one call may take; past it the operation is UNKNOWN, and asked about
 */
public record Payments(Provider provider, Duration authorisationLasts, Duration timeout, Partner sandbox) {

    /** Providers that can be called. Callbacks are taken from them alone. */
    public enum Provider {
        SANDBOX
    }

    public Payments {
        Values.positive("payments.authorisation_lasts", authorisationLasts);
        Values.positive("payments.timeout", timeout);
    }

    static Payments read(Section section) {
        Section sandbox = section.at("sandbox");
        return new Payments(
                section.oneOf("provider", Provider.SANDBOX),
                section.duration("authorisation_lasts", Duration.ofDays(7)),
                section.duration("timeout", Duration.ofSeconds(5)),
                Partner.read(sandbox, WebhookKey.VERBATIM).demand(sandbox));
    }
}
