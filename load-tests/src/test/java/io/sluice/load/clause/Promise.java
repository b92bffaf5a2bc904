package io.sluice.load.clause;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** One promise of the policy, as {@code config/clauses.yaml} lists it. */
record Promise(String id, State state, String words) {

    /** Whether tests show it in full. */
    enum State {
        PROVED,
        OPEN
    }

    static List<Promise> all(Path file) throws IOException {
        Map<String, Map<String, String>> entries =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        List<Promise> promises = new ArrayList<>();
        entries.forEach((id, entry) -> {
            if (!entry.keySet().equals(Set.of("state", "promise"))) {
                throw new IllegalArgumentException(
                        id + " should have a state and a promise, and has " + entry.keySet());
            }
            promises.add(new Promise(id, state(id, entry), word(id, entry, "promise")));
        });
        return promises;
    }

    private static State state(String id, Map<String, String> entry) {
        return switch (word(id, entry, "state")) {
            case "proved" -> State.PROVED;
            case "open" -> State.OPEN;
            default -> throw new IllegalArgumentException(id + ": a promise is proved or open");
        };
    }

    private static String word(String id, Map<String, String> entry, String key) {
        String word = entry.get(key);
        if (word == null) {
            throw new IllegalArgumentException(id + " has no " + key);
        }
        return word;
    }
}
