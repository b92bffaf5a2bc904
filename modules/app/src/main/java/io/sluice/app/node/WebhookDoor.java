package io.sluice.app.node;

import io.sluice.app.config.Config;
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

/** The door for partners' callbacks: open for everyone whose secret is configured, and in development for the sandbox. */
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
                new WebhookSettings(
                        payments,
                        carriers,
                        config.limits().body(),
                        // half of the room that callbacks have: one partner's leave the other half to the others'
                        Math.max(1, config.limits().requestsInFlight() / 2),
                        defaults.patience()),
                (http, refusal) -> Answers.problem(http, Problems.of(refusal)));
    }

    Routes routes() {
        return routes::mount;
    }

    private Map<String, CallbackProtocol> payments(Config config) {
        Map<String, CallbackProtocol> partners = new HashMap<>();
        open(partners, "sandbox", Sandboxes.providerSecrets(config), keys -> standard(Channel.PAYMENTS, keys));
        open(
                partners,
                "standard",
                config.payments().standard().webhookSecrets(),
                keys -> standard(Channel.PAYMENTS, keys));
        open(
                partners,
                "stripe",
                config.payments().stripe().account().webhookSecrets(),
                keys -> new StripeWebhooks(all(keys, WebhookSecret::verbatim), freshness));
        open(
                partners,
                "adyen",
                config.payments().adyen().webhookSecrets(),
                keys -> new AdyenWebhooks(all(keys, WebhookSecret::hexadecimal)));
        return partners;
    }

    private Map<String, CallbackProtocol> carriers(Config config) {
        Map<String, CallbackProtocol> partners = new HashMap<>();
        partners.put("sandbox", standard(Channel.CARRIERS, Sandboxes.carrierSecrets(config)));
        open(
                partners,
                "standard",
                config.carriers().standard().webhookSecrets(),
                keys -> standard(Channel.CARRIERS, keys));
        open(
                partners,
                "easypost",
                config.carriers().easypost().webhookSecrets(),
                keys -> new EasyPostWebhooks(all(keys, EasyPostWebhooks::secret), freshness));
        return partners;
    }

    /** Without a secret nothing of theirs could be believed: there is no such endpoint. */
    private static void open(
            Map<String, CallbackProtocol> partners,
            String name,
            List<Secret> keys,
            Function<List<Secret>, CallbackProtocol> protocol) {
        if (!keys.isEmpty()) {
            partners.put(name, protocol.apply(keys));
        }
    }

    private StandardWebhooks standard(Channel channel, List<Secret> keys) {
        return new StandardWebhooks(channel, all(keys, StandardKey::of), freshness);
    }

    private static <K> List<K> all(List<Secret> secrets, Function<String, K> key) {
        return secrets.stream().map(Secret::reveal).map(key).toList();
    }
}
