package io.sluice.app.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The keys under one prefix, asked for one by one. An answer that cannot be used is put on the list of problems and the
 * fallback is returned, so that the reading goes on and finds the rest.
 */
final class Section {

    private final String prefix;
    private final Sources sources;
    private final List<Problem> problems;
    private final Profile profile;
    private final Path home;

    Section(String prefix, Sources sources, List<Problem> problems, Profile profile, Path home) {
        this.prefix = prefix;
        this.sources = sources;
        this.problems = problems;
        this.profile = profile;
        this.home = home;
    }

    Section at(String name) {
        return new Section(prefix + name + ".", sources, problems, profile, home);
    }

    Profile profile() {
        return profile;
    }

    /**
     * A section's record. Empty if its decoder or its invariants refused; then the reason is on the list of problems.
     */
    <T> Optional<T> part(String name, Function<Section, T> decoder) {
        int before = problems.size();
        try {
            return Optional.of(decoder.apply(at(name)));
        } catch (IllegalArgumentException e) {
            // with a fallback in place of a bad value, an invariant may fail as a consequence: told once is enough
            if (problems.size() == before) {
                problems.add(
                        new Problem(name.isEmpty() ? "configuration" : prefix + name, String.valueOf(e.getMessage())));
            }
            return Optional.empty();
        }
    }

    Optional<String> text(String name) {
        return find(name, "one text", given -> single(given).map(String::strip));
    }

    String text(String name, String fallback) {
        return text(name).orElse(fallback);
    }

    boolean flag(String name, boolean fallback) {
        return find(name, "true or false", given -> single(given).flatMap(Values::flag))
                .orElse(fallback);
    }

    int number(String name, int fallback, int min, int max) {
        String wanted = "a whole number from " + min + " to " + max;
        return find(name, wanted, given -> single(given).flatMap(text -> Values.number(text, min, max)))
                .orElse(fallback);
    }

    int port(String name, int fallback) {
        return number(name, fallback, 0, 65535);
    }

    double rate(String name, double fallback) {
        return find(name, "a number from 0 to 1", given -> single(given).flatMap(Values::rate))
                .orElse(fallback);
    }

    Duration duration(String name, Duration fallback) {
        return find(
                        name,
                        "a duration such as 20ms, 5s, 15m, 48h or 7d",
                        given -> single(given).flatMap(Values::duration))
                .orElse(fallback);
    }

    int bytes(String name, int fallback) {
        return find(
                        name,
                        "a size such as 4096, 64KiB or 16MiB",
                        given -> single(given).flatMap(Values::bytes))
                .orElse(fallback);
    }

    List<String> list(String name) {
        return find(name, "a list", given -> Optional.of(given.elements())).orElse(List.of());
    }

    Optional<URI> uri(String name) {
        return find(
                name,
                "an address such as https://host:port",
                given -> single(given).flatMap(Values::uri));
    }

    <E extends Enum<E>> E oneOf(String name, E fallback) {
        Class<E> type = fallback.getDeclaringClass();
        return find(name, "one of " + spelled(type), given -> single(given).flatMap(text -> constant(type, text)))
                .orElse(fallback);
    }

    <E extends Enum<E>> Set<E> someOf(String name, Class<E> type, Set<E> fallback) {
        return find(name, "some of " + spelled(type), given -> constants(type, given.elements()))
                .orElse(fallback);
    }

    /** A relative path in the file counts from Sluice's home, one from flags or environment from the working directory. */
    Path path(String name, Path fallback) {
        return path(name).orElse(home.resolve(fallback));
    }

    Optional<Path> path(String name) {
        return find(name, "a path", given -> single(given).flatMap(text -> located(given, text)));
    }

    /** The file that a value was read from, if it was. */
    Optional<Path> source(String name) {
        return sources.find(prefix + name).flatMap(Given::file);
    }

    Optional<Secret> secret(String name) {
        return text(name).map(Secret::new);
    }

    /** Secrets separated by commas: while they rotate, more than one is good. */
    List<Secret> secrets(String name) {
        return list(name).stream().map(Secret::new).toList();
    }

    /** What callbacks are verified by; those that nobody writes so are put on the list of problems. */
    List<Secret> webhookSecrets(WebhookKey form) {
        List<Secret> secrets = secrets("webhook_secret");
        if (secrets.stream().anyMatch(secret -> !form.fits(secret))) {
            problem("webhook_secret", "must be " + form.wanted() + "; several while rotating, by commas");
        }
        return secrets;
    }

    /** The whole key, as somebody would look for it. */
    String key(String name) {
        return prefix + name;
    }

    /** Puts a problem on the list, at this key. */
    void problem(String name, String what) {
        String key = prefix + name;
        String where = sources.find(key)
                .map(given -> key + " (" + given.origin() + ")")
                .orElse(key);
        problems.add(new Problem(where, what));
    }

    /** Says that a key has no value and needs one, and how to give it. */
    void missing(String name, String why) {
        String key = prefix + name;
        String variable = Sources.variable(key);
        problems.add(new Problem(
                key, "is missing: " + why + "; set it in the file, or by " + variable + " or " + variable + "_FILE"));
    }

    private <T> Optional<T> find(String name, String wanted, Function<Given, Optional<T>> decoder) {
        Optional<Given> given = sources.find(prefix + name);
        Optional<T> value = given.flatMap(decoder);
        if (given.isPresent() && value.isEmpty()) {
            problem(name, "must be " + wanted + shown(given.get()));
        }
        return value;
    }

    private static String shown(Given given) {
        if (given.list()) {
            return ", not a list";
        }
        String text = given.items().getFirst().strip();
        // an address may hold a password, and a long text is no number with a slip of the finger
        return text.length() > 40 || text.contains("://") ? "" : ", not \"" + text + "\"";
    }

    private static Optional<String> single(Given given) {
        return given.list() ? Optional.empty() : Optional.of(given.items().getFirst());
    }

    private Optional<Path> located(Given given, String text) {
        try {
            Path path = Path.of(text.strip());
            boolean spoken = given.origin().startsWith("flag") || given.origin().startsWith("environment");
            return Optional.of((spoken ? path.toAbsolutePath() : home.resolve(path)).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> spelled(each).equals(text.strip()))
                .findFirst();
    }

    private static <E extends Enum<E>> Optional<Set<E>> constants(Class<E> type, List<String> texts) {
        Set<E> all = EnumSet.noneOf(type);
        for (String text : texts) {
            Optional<E> one = constant(type, text);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            all.add(one.get());
        }
        return Optional.of(all);
    }

    private static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String spelled(Class<? extends Enum<?>> type) {
        return String.join(
                ", ",
                Arrays.stream(type.getEnumConstants()).map(Section::spelled).toList());
    }
}
