package io.sluice.app.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What we and an outside party have agreed upon.
 *
 * @param url where it is called; absent, for the sandbox: it runs inside this process
 * @param ca PEM text of who signed its certificate; absent: whoever Java trusts
 * @param apiKey what we show to it
 * @param webhookSecrets what it signs its callbacks with, the newest first; its endpoint is open as soon as there is one
 */
public record Partner(Optional<URI> url, Optional<String> ca, Optional<Secret> apiKey, List<Secret> webhookSecrets) {

    public Partner {
        webhookSecrets = List.copyOf(webhookSecrets);
    }

    static Partner read(Section section, WebhookKey form) {
        Optional<URI> url = section.uri("url");
        url.ifPresent(given -> {
            if (!"https".equals(given.getScheme()) && !Loopback.is(given.getHost())) {
                section.problem("url", "must be https: its host is not this machine");
            }
        });
        return new Partner(url, section.text("ca"), section.secret("api_key"), section.webhookSecrets(form));
    }

    /** Says what is missing of a partner that outgoing calls depend on. */
    Partner demand(Section section) {
        if (!section.profile().isDevelopment()) {
            if (url.isEmpty()) {
                section.missing("url", "only the development profile brings sandbox partners along");
            }
            if (apiKey.isEmpty()) {
                section.missing("api_key", "outside the development profile nothing has a default key");
            }
            if (webhookSecrets.isEmpty()) {
                section.missing("webhook_secret", "outside the development profile nothing has a default secret");
            }
        }
        return this;
    }
}
