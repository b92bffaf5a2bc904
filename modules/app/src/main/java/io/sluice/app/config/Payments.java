package io.sluice.app.config;

import java.time.Duration;
import java.util.Locale;

/**
 * Who moves money. Whoever has a secret may call back, whichever provider new authorisations go to, and moves what is their own.
 *
 * @param provider whom new authorisations go to
 * @param authorisationLasts how long the provider lets an authorisation stand
 * @param timeout how long one call may take; past it the operation is UNKNOWN, and asked about
 * @param standard whoever calls back by Standard Webhooks
 */
public record Payments(
        Provider provider,
        Duration authorisationLasts,
        Duration timeout,
        Partner sandbox,
        Stripe stripe,
        Caller<Provider> adyen,
        Caller<Provider> standard) {

    /** Providers that can be called. */
    public enum Provider {
        SANDBOX,
        STRIPE;

        /** As callbacks and orders name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Payments {
        Values.positive("payments.authorisation_lasts", authorisationLasts);
        Values.positive("payments.timeout", timeout);
    }

    static Payments read(Section section) {
        Section sandbox = section.at("sandbox");
        Provider provider = section.oneOf("provider", Provider.SANDBOX);
        Partner own = Partner.read(sandbox, WebhookKey.VERBATIM);
        return new Payments(
                provider,
                section.duration("authorisation_lasts", Duration.ofDays(7)),
                section.duration("timeout", Duration.ofSeconds(5)),
                provider == Provider.SANDBOX ? own.demand(sandbox) : own,
                Stripe.read(section.at("stripe"), provider == Provider.STRIPE),
                Caller.read(section.at("adyen"), WebhookKey.ADYEN, Provider.class),
                Caller.read(section.at("standard"), WebhookKey.STANDARD, Provider.class));
    }
}
