package io.sluice.app.config;

import java.util.List;
import java.util.Set;

/**
 * A partner who calls back and is never called: what they tell of was asked of somebody else.
 *
 * @param webhookSecrets what they sign their callbacks with, the newest first; their endpoint is open as soon as there is one
 * @param speaksFor of whose doings they may tell
 */
public record Caller<P extends Enum<P>>(List<Secret> webhookSecrets, Set<P> speaksFor) {

    public Caller {
        webhookSecrets = List.copyOf(webhookSecrets);
        speaksFor = Set.copyOf(speaksFor);
    }

    static <P extends Enum<P>> Caller<P> read(Section section, WebhookKey form, Class<P> partners) {
        return new Caller<>(section.webhookSecrets(form), section.someOf("speaks_for", partners, Set.of()));
    }
}
