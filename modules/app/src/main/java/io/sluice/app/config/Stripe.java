package io.sluice.app.config;

import java.net.URI;
import java.util.Optional;

/**
 * What Stripe and we have agreed upon.
 *
 * @param account how it is called and calls back
 * @param returnUrl where a buyer's browser goes on from the bank's page
 */
public record Stripe(Partner account, Optional<URI> returnUrl) {

    private static final URI API = URI.create("https://api.stripe.com");

    /** @param isChosen whether authorisations go there: then nothing may be missing, in development neither */
    static Stripe read(Section section, boolean isChosen) {
        Partner account = Partner.read(section, WebhookKey.VERBATIM);
        Optional<URI> returnUrl = section.uri("return_url");
        if (isChosen) {
            demand(section, "api_key", account.apiKey().isPresent());
            demand(section, "webhook_secret", !account.webhookSecrets().isEmpty());
            demand(section, "return_url", returnUrl.isPresent());
        }
        return new Stripe(account, returnUrl);
    }

    private static void demand(Section section, String name, boolean isThere) {
        if (!isThere) {
            section.missing(name, "payments.provider is stripe, and nobody makes one up for Stripe");
        }
    }

    /** Where it is called. */
    public URI url() {
        return account.url().orElse(API);
    }
}
