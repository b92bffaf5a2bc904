package io.sluice.app.canary;

import java.util.List;

/**
 * A value that stands nowhere else.
 *
 * @param name the catalogued field that it is a value of, or, with a leading {@code ~}, what it is that must not be taken in
 * @param planted the value as it is sent
 * @param marks what it is known by wherever it turns up: a part of it that no encoding of the whole can tear
 */
record Canary(String name, String planted, List<String> marks) {

    Canary {
        marks = List.copyOf(marks);
    }

    static Canary of(String name, String planted, String... marks) {
        return new Canary(name, planted, List.of(marks));
    }

    /** Whether it is the value of a field that the catalogue has. */
    boolean isCatalogued() {
        return !name.startsWith("~");
    }
}
