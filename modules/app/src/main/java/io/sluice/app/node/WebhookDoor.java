package io.sluice.app.node;

import io.sluice.app.config.Caller;
import io.sluice.app.config.Carriers;
import io.sluice.app.config.Config;
import io.sluice.app.config.Payments;
import io.sluice.app.config.Secret;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.webhook.CallbackProtocol;
import io.sluice.gateway.webhook.Channel;
import io.sluice.gateway.webhook.Freshness;
import io.sluice.gateway.webhook.WebhookRoutes;
import io.sluice.gateway.webhook.WebhookSecret;
import io.sluice.gateway.webhook.WebhookSettings;
import io.sluice.gateway.webhook.adyen.AdyenWebhooks;
import io.sluice.gateway.webhook.easypost.EasyPostWebhooks;
import io.sluice.gateway.webhook.standard.StandardKey;
import io.sluice.gateway.webhook.standard.StandardWebhooks;
import io.sluice.gateway.webhook.stripe.StripeWebhooks;
import io.sluice.guard.Bus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The door for partners' callbacks: open for everyone whose secret is configured, and for the sandbox. */
final class WebhookDoor {

    private final Freshness freshness;
    private final WebhookRoutes routes;

    WebhookDoor(Foundations on, Bus bus) {
        Config config = on.config();
        this.freshness = new Freshness(config.limits().webhookTolerance(), on.clock());
        Map<String, CallbackProtocol> payments = payments(config);
        Map<String, CallbackProtocol> carriers = carriers(config);
        WebhookSettings defaults = WebhookSettings.of(payments, carriers);
        this.routes = new WebhookRoutes(
                bus,
                on.meters(),
                new WebhookSettings(payments, carriers, config.limits().body(), defaults.patience()),
                (http, refusal) -> Answers.problem(http, Problems.of(refusal)));
    }

    Routes routes() {
        return routes::mount;
    }

    private Map<String, CallbackProtocol> payments(Config config) {
        Map<String, CallbackProtocol> partners = new HashMap<>();
        partners.put("sandbox", standard(Channel.PAYMENTS, Sandboxes.providerSecrets(config)));
        for (Caller<Payments.Protocol> caller : config.payments().partners()) {
            partners.put(
                    caller.name(),
                    switch (caller.protocol()) {
                        case STANDARD -> standard(Channel.PAYMENTS, caller.secrets());
                        case STRIPE -> new StripeWebhooks(all(caller.secrets(), WebhookSecret::verbatim), freshness);
                        case ADYEN -> new AdyenWebhooks(all(caller.secrets(), WebhookSecret::hexadecimal));
                    });
        }
        return partners;
    }

    private Map<String, CallbackProtocol> carriers(Config config) {
        Map<String, CallbackProtocol> partners = new HashMap<>();
        partners.put("sandbox", standard(Channel.CARRIERS, Sandboxes.carrierSecrets(config)));
        List<Secret> standard = config.carriers().standard().webhookSecrets();
        if (!standard.isEmpty()) {
            partners.put("standard", standard(Channel.CARRIERS, standard));
        }
        for (Caller<Carriers.Protocol> caller : config.carriers().partners()) {
            partners.put(
                    caller.name(),
                    switch (caller.protocol()) {
                        case STANDARD -> standard(Channel.CARRIERS, caller.secrets());
                        case EASYPOST ->
                            new EasyPostWebhooks(all(caller.secrets(), EasyPostWebhooks::secret), freshness);
                    });
        }
        return partners;
    }

    private StandardWebhooks standard(Channel channel, List<Secret> keys) {
        return new StandardWebhooks(channel, all(keys, StandardKey::of), freshness);
    }

    private static <K> List<K> all(List<Secret> secrets, Function<String, K> key) {
        return secrets.stream().map(Secret::reveal).map(key).toList();
    }
}
