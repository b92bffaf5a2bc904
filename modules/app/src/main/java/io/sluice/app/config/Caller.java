package io.sluice.app.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An outside party that calls us back.
 *
 * @param name its segment of the endpoint's path
 * @param protocol how its callbacks are signed and what they say
 * @param secrets what they are verified by, the newest first
 */
public record Caller<P extends Enum<P>>(String name, P protocol, List<Secret> secrets) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,30}");

    public Caller {
        secrets = List.copyOf(secrets);
    }

    /**
     * What stands in {@code <name>} for each name that {@code partners} lists.
     *
     * @param taken names that mean something else in this section
     * @param unsaid the protocol of who names none
     * @param key how secrets are written for a protocol
     */
    static <P extends Enum<P>> List<Caller<P>> read(
            Section section, Set<String> taken, P unsaid, Function<P, WebhookKey> key) {
        Set<String> names = new HashSet<>(taken);
        return section.list("partners").stream()
                .filter(name -> isName(section, name, names))
                .map(name -> one(section.at(name), name, unsaid, key))
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean isName(Section section, String name, Set<String> taken) {
        if (!NAME.matcher(name).matches()) {
            section.problem("partners", "must name partners by small letters and digits, not \"" + name + "\"");
            return false;
        }
        if (!taken.add(name)) {
            section.problem("partners", "names " + name + " twice, or that name has another meaning here");
            return false;
        }
        return true;
    }

    private static <P extends Enum<P>> Optional<Caller<P>> one(
            Section section, String name, P unsaid, Function<P, WebhookKey> key) {
        P protocol = section.oneOf("protocol", unsaid);
        List<Secret> secrets = section.webhookSecrets(key.apply(protocol));
        if (secrets.isEmpty()) {
            section.missing("webhook_secret", "without it no callback of this partner's could be believed");
            return Optional.empty();
        }
        return Optional.of(new Caller<>(name, protocol, secrets));
    }
}
