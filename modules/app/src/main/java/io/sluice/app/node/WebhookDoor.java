package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.app.config.Partner;
import io.sluice.app.config.Secret;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.webhook.StandardWebhooks;
import io.sluice.gateway.webhook.WebhookRoutes;
import io.sluice.gateway.webhook.WebhookSecret;
import io.sluice.gateway.webhook.WebhookSettings;
import io.sluice.guard.Bus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The door for partners' callbacks: open for everyone whose secret is configured, and for the sandbox. */
final class WebhookDoor {

    private final Foundations on;
    private final WebhookRoutes routes;

    WebhookDoor(Foundations on, Bus bus) {
        this.on = on;
        Config config = on.config();
        Map<String, StandardWebhooks> payments = Map.of("sandbox", signedBy(Sandboxes.providerSecrets(config)));
        Map<String, StandardWebhooks> carriers = new HashMap<>();
        carriers.put("sandbox", signedBy(Sandboxes.carrierSecrets(config)));
        Partner standard = config.carriers().standard();
        if (!standard.webhookSecrets().isEmpty()) {
            carriers.put("standard", signedBy(standard.webhookSecrets()));
        }
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

    private StandardWebhooks signedBy(List<Secret> secrets) {
        return new StandardWebhooks(
                secrets.stream().map(Secret::reveal).map(WebhookSecret::of).toList(),
                on.config().limits().webhookTolerance(),
                on.clock());
    }
}
