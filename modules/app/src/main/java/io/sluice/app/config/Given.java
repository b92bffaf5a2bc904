package io.sluice.app.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A value as somebody wrote it.
 *
 * @param items its text, or the texts of a YAML list
 * @param list whether it was written as a YAML list
 * @param origin where, for people: {@code config/sluice.yaml:12}, {@code environment SLUICE_HTTP_PORT}, {@code flag --port}
 * @param file that a {@code …_FILE} variable named, and that it was read from
 */
record Given(List<String> items, boolean list, String origin, Optional<Path> file) {

    Given {
        items = List.copyOf(items);
    }

    static Given scalar(String text, String origin) {
        return new Given(List.of(text), false, origin, Optional.empty());
    }

    static Given list(List<String> items, String origin) {
        return new Given(items, true, origin, Optional.empty());
    }

    static Given from(Path file, String text, String origin) {
        return new Given(List.of(text), false, origin, Optional.of(file));
    }

    /** Nothing, or nothing but spaces: as good as not given. */
    boolean isBlank() {
        return items.stream().allMatch(String::isBlank);
    }

    /** The elements, of a YAML list or of a text separated by commas. */
    List<String> elements() {
        if (list) {
            return items;
        }
        return Arrays.stream(items.getFirst().split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
