package io.sluice.stewardship.policy;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of a YAML file, read key by key. Whatever is missing, of another form, twice there or never asked for becomes a
 * problem with its line; reading goes on, so that all problems come together. Values are texts: nothing is constructed.
 */
final class YamlSection {

    private static final int MAX_CODE_POINTS = 1 << 20;

    private final String file;
    private final String path;
    private final int line;
    private final Map<String, Node> entries;
    private final List<String> problems;
    private final Set<String> asked = new LinkedHashSet<>();

    private YamlSection(String file, String path, int line, Map<String, Node> entries, List<String> problems) {
        this.file = file;
        this.path = path;
        this.line = line;
        this.entries = entries;
        this.problems = problems;
    }

    /** The whole file. Its problems, and those of all its sections, go into the list. */
    static YamlSection root(String file, String text, List<String> problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setMaxAliasesForCollections(0);
        try {
            Node node = new Yaml(options).compose(new java.io.StringReader(text));
            if (node != null) {
                return of(file, "", node, problems);
            }
            problems.add(file + ":1: is empty");
        } catch (MarkedYAMLException broken) {
            int at = broken.getProblemMark() == null
                    ? 0
                    : broken.getProblemMark().getLine();
            problems.add(file + ":" + (at + 1) + ": is not YAML: " + broken.getProblem());
        } catch (YAMLException broken) {
            problems.add(file + ":1: is not YAML: " + broken.getMessage());
        }
        return new YamlSection(file, "", 1, Map.of(), problems);
    }

    private static YamlSection of(String file, String path, Node node, List<String> problems) {
        int line = node.getStartMark().getLine() + 1;
        Map<String, Node> entries = new LinkedHashMap<>();
        YamlSection section = new YamlSection(file, path, line, entries, problems);
        if (!(node instanceof MappingNode mapping)) {
            section.problem(line, path, "should be a mapping");
            return section;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            int at = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                section.problem(at, path, "has a key that is no text");
            } else if (entries.put(key.getValue(), tuple.getValueNode()) != null) {
                section.problem(at, section.below(key.getValue()), "is there twice");
            }
        }
        return section;
    }

    /** The same section, for whoever reads ahead: what is wrong in it is reported when it is read in earnest. */
    YamlSection ahead() {
        return new YamlSection(file, path, line, entries, new ArrayList<>());
    }

    Set<String> keys() {
        return entries.keySet();
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The text there; null, and a problem, if there is none. */
    @Nullable String text(String key) {
        return value(key, Optional::of, "a text");
    }

    /** The value there, as {@code parse} understands it; null, and a problem, if there is none or it is not understood. */
    <T> @Nullable T value(String key, Function<String, Optional<T>> parse, String expected) {
        Node node = ask(key);
        if (node == null) {
            problem(line, below(key), "is missing");
            return null;
        }
        return scalar(key, node, parse, expected);
    }

    <T> Optional<T> optional(String key, Function<String, Optional<T>> parse, String expected) {
        Node node = ask(key);
        return node == null ? Optional.empty() : Optional.ofNullable(scalar(key, node, parse, expected));
    }

    private <T> @Nullable T scalar(String key, Node node, Function<String, Optional<T>> parse, String expected) {
        Optional<T> value = Optional.empty();
        if (node instanceof ScalarNode scalar) {
            try {
                value = parse.apply(scalar.getValue());
            } catch (DateTimeException notOne) {
                // falls through to the problem below, which says what was expected
                value = Optional.empty();
            }
        }
        if (value.isEmpty()) {
            problem(node.getStartMark().getLine() + 1, below(key), "should be " + expected);
        }
        return value.orElse(null);
    }

    /** The values of a list; none if the key is not there. Each that is not understood is a problem, and left out. */
    <T> List<T> list(String key, Function<String, Optional<T>> parse, String expected) {
        Node node = ask(key);
        List<T> values = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                T value = scalar(key, item, parse, expected);
                if (value != null && values.contains(value)) {
                    problem(item.getStartMark().getLine() + 1, below(key), "names " + value + " twice");
                } else if (value != null) {
                    values.add(value);
                }
            }
        } else if (node != null) {
            problem(node.getStartMark().getLine() + 1, below(key), "should be a list");
        }
        return values;
    }

    /** The section there; an empty one, and a problem, if there is none. */
    YamlSection section(String key) {
        if (!has(key)) {
            problem(line, below(key), "is missing");
        }
        return optionalSection(key);
    }

    /** The section there, or an empty one. */
    YamlSection optionalSection(String key) {
        Node node = ask(key);
        return node == null
                ? new YamlSection(file, below(key), line, Map.of(), problems)
                : of(file, below(key), node, problems);
    }

    /** How a constant stands in the file. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The constant that stands in the file as this word. */
    static <E extends Enum<E>> Optional<E> word(E[] constants, String word) {
        return Arrays.stream(constants)
                .filter(constant -> word(constant).equals(word))
                .findFirst();
    }

    /** Understands these words and no other. */
    static Function<String, Optional<String>> oneOf(Set<String> words) {
        return word -> Optional.of(word).filter(words::contains);
    }

    /** Makes a problem of every key that nobody asked for. */
    void nothingElse() {
        entries.forEach((key, node) -> {
            if (!asked.contains(key)) {
                problem(node.getStartMark().getLine() + 1, below(key), "is not known");
            }
        });
    }

    void problem(String text) {
        problem(line, path, text);
    }

    void problem(String key, String text) {
        Node node = entries.get(key);
        problem(node == null ? line : node.getStartMark().getLine() + 1, below(key), text);
    }

    private void problem(int at, String where, String text) {
        problems.add(file + ":" + at + ": " + (where.isEmpty() ? "the file" : where) + " " + text);
    }

    private @Nullable Node ask(String key) {
        asked.add(key);
        return entries.get(key);
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + " › " + key;
    }
}
