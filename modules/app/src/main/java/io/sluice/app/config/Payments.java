package io.sluice.app.config;

import java.time.Duration;
import java.util.List;

/**
 * Who moves money. Whoever has a secret may call back, whichever provider new authorisations go to.
 *
 * @param provider whom new authorisations go to
 * @param authorisationLasts how long the provider lets an authorisation stand
 * @param timeout how long one call may take; past it the operation is UNKNOWN, and asked about
 * @param adyen what Adyen's callbacks are verified by, the newest first, as are the others
 * @param standard what callbacks by Standard Webhooks are verified by
 */
public record Payments(
        Provider provider,
        Duration authorisationLasts,
        Duration timeout,
        Partner sandbox,
        Stripe stripe,
        List<Secret> adyen,
        List<Secret> standard) {

    /** Providers that can be called. */
    public enum Provider {
        SANDBOX,
        STRIPE
    }

    public Payments {
        adyen = List.copyOf(adyen);
        standard = List.copyOf(standard);
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
                section.at("adyen").webhookSecrets(WebhookKey.ADYEN),
                section.at("standard").webhookSecrets(WebhookKey.STANDARD));
    }
}
