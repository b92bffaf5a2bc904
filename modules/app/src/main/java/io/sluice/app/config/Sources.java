package io.sluice.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that was said, by precedence: flags, environment, file. Remembers what was asked for, to find what never was. */
final class Sources {

    private static final String PREFIX = "SLUICE_";
    private static final String FROM_FILE = "_FILE";
    private static final int MAX_SECRET_FILE = 64 * 1024;

    private final Map<String, Given> flags;
    private final Map<String, String> environment;
    private final Map<String, Given> file;
    private final List<Problem> problems;
    private final Map<String, Optional<Given>> asked = new TreeMap<>();

    Sources(
            Map<String, Given> flags,
            Map<String, String> environment,
            Map<String, Given> file,
            List<Problem> problems) {
        this.flags = flags;
        this.environment = environment;
        this.file = file;
        this.problems = problems;
    }

    static String variable(String key) {
        return PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** What was said about this key by the source that comes first; blank counts as nothing. */
    Optional<Given> find(String key) {
        return asked.computeIfAbsent(key, this::look);
    }

    /** Every key that some decoder knows. */
    Set<String> asked() {
        return asked.keySet();
    }

    private Optional<Given> look(String key) {
        return Optional.ofNullable(flags.get(key))
                .or(() -> fromEnvironment(key))
                .or(() -> Optional.ofNullable(file.get(key)))
                .filter(given -> !given.isBlank());
    }

    private Optional<Given> fromEnvironment(String key) {
        String variable = variable(key);
        String direct = environment.getOrDefault(variable, "");
        String path = environment.getOrDefault(variable + FROM_FILE, "");
        if (!direct.isBlank() && !path.isBlank()) {
            problems.add(new Problem(key, variable + " and " + variable + FROM_FILE + " are both set; keep one"));
        }
        if (!direct.isBlank()) {
            return Optional.of(Given.scalar(direct, "environment " + variable));
        }
        return path.isBlank() ? Optional.empty() : fromFile(key, variable + FROM_FILE, path);
    }

    private Optional<Given> fromFile(String key, String variable, String path) {
        String origin = "environment " + variable;
        try {
            Path source = Path.of(path);
            if (Files.size(source) > MAX_SECRET_FILE) {
                problems.add(new Problem(key + " (" + origin + ")", path + " holds more than 64 KiB"));
                return Optional.empty();
            }
            String text = Files.readString(source).strip();
            if (text.isEmpty()) {
                problems.add(new Problem(key + " (" + origin + ")", path + " is empty"));
                return Optional.empty();
            }
            return Optional.of(Given.from(source.toAbsolutePath(), text, origin));
        } catch (IOException | InvalidPathException e) {
            problems.add(new Problem(
                    key + " (" + origin + ")",
                    path + " cannot be read (" + e.getClass().getSimpleName() + ")"));
            return Optional.empty();
        }
    }

    /** Adds a problem for every key and variable that no decoder has asked for. To be called last. */
    void refuseTheUnknown() {
        file.forEach((key, given) -> {
            if (!asked.containsKey(key) && !(given.isBlank() && isSection(key))) {
                problems.add(new Problem(key + " (" + given.origin() + ")", unknownKey(key)));
            }
        });
        Set<String> variables = new HashSet<>();
        for (String key : asked.keySet()) {
            variables.add(variable(key));
            variables.add(variable(key) + FROM_FILE);
        }
        List<String> strangers = new ArrayList<>(new TreeSet<>(environment.keySet()));
        strangers.removeIf(name -> !name.startsWith(PREFIX) || variables.contains(name));
        strangers.forEach(name -> problems.add(new Problem("environment " + name, unknownVariable(name, variables))));
    }

    private boolean isSection(String key) {
        return asked.keySet().stream().anyMatch(each -> each.startsWith(key + "."));
    }

    private String unknownKey(String key) {
        return isSection(key)
                ? "is a section of keys and cannot have a value itself"
                : "there is no such key" + Likeness.hint(key, asked.keySet());
    }

    private static String unknownVariable(String name, Set<String> variables) {
        String value = "there is no key of that name" + Likeness.hint(name, variables);
        return name.contains("_PORT_") || name.endsWith("_SERVICE_HOST") || name.endsWith("_SERVICE_PORT")
                ? value + " (in Kubernetes, set enableServiceLinks: false)"
                : value;
    }
}
