package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.app.config.Partner;
import io.sluice.app.config.Sandbox;
import io.sluice.app.config.Secret;
import io.sluice.app.sandbox.CallbackRetries;
import io.sluice.app.sandbox.SandboxFaults;
import io.sluice.app.sandbox.SandboxPace;
import io.sluice.app.sandbox.SandboxSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What the sandbox partners and the shop have agreed upon: configured, or in development made at first start. */
public final class Sandboxes {

    private Sandboxes() {}

    /** Whether the configuration leaves it to this process to run them. */
    static boolean wanted(Config config) {
        return config.profile().isDevelopment()
                && config.payments().sandbox().url().isEmpty()
                && config.carriers().sandbox().url().isEmpty();
    }

    /** @param shop where callbacks go; empty: it is told later */
    public static SandboxSettings settings(Config config, Links links, Optional<URI> shop) {
        Sandbox sandbox = config.sandbox();
        SandboxPace lively = SandboxPace.LIVELY;
        return new SandboxSettings(
                config.dataDir().resolve("outside"),
                "127.0.0.1",
                new SandboxSettings.Partner(
                        sandbox.providerPort(), providerKey(config).reveal(), newest(providerSecrets(config))),
                new SandboxSettings.Partner(
                        sandbox.carrierPort(), carrierKey(config).reveal(), newest(carrierSecrets(config))),
                shop.orElse(null),
                new SandboxPace(
                        sandbox.answerAfter(),
                        lively.slowAnswerAfter(),
                        lively.hang(),
                        lively.silentAttempts(),
                        lively.callbackAfter(),
                        lively.inTransitAfter(),
                        lively.outForDeliveryAfter(),
                        lively.deliveredAfter(),
                        config.payments().authorisationLasts(),
                        lively.lateAfter()),
                CallbackRetries.PATIENT,
                SandboxFaults.UNTIDY.with(sandbox.rates()),
                links.sandbox());
    }

    /** What we show to the provider. */
    static Secret providerKey(Config config) {
        return key(config, config.payments().sandbox(), "payments.sandbox.api_key");
    }

    /** What we show to the carrier. */
    static Secret carrierKey(Config config) {
        return key(config, config.carriers().sandbox(), "carriers.sandbox.api_key");
    }

    /** What the provider may have signed its callbacks with; outside development nothing, if nobody said so. */
    static List<Secret> providerSecrets(Config config) {
        return secrets(config, config.payments().sandbox(), "payments.sandbox.webhook_secret");
    }

    /** What the carrier may have signed its callbacks with. */
    static List<Secret> carrierSecrets(Config config) {
        return secrets(config, config.carriers().sandbox(), "carriers.sandbox.webhook_secret");
    }

    // the configuration has seen to it that nothing is missing outside development of whoever is called

    private static Secret key(Config config, Partner partner, String name) {
        return partner.apiKey().orElseGet(() -> new DevelopmentSecrets(config.dataDir()).key(name));
    }

    private static List<Secret> secrets(Config config, Partner partner, String name) {
        boolean isMadeUp =
                partner.webhookSecrets().isEmpty() && config.profile().isDevelopment();
        return isMadeUp ? List.of(new DevelopmentSecrets(config.dataDir()).webhook(name)) : partner.webhookSecrets();
    }

    private static String newest(List<Secret> secrets) {
        return secrets.stream()
                .findFirst()
                .map(Secret::reveal)
                .orElseThrow(() -> new IllegalStateException(
                        "a sandbox partner signs, and no webhook_secret is there to sign with"));
    }
}
