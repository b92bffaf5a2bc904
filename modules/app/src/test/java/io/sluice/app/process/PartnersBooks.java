package io.sluice.app.process;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the sandbox partners have written down themselves: which effect they carried out for which order, in their order. */
record PartnersBooks(List<Entry> entries) {

    private static final List<String> BOOKS = List.of("provider.ndjson", "carrier.ndjson");

    record Entry(String effect, String order, String key) {}

    static PartnersBooks read(Path dataDir) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String book : BOOKS) {
            for (String line : Files.readAllLines(dataDir.resolve("outside").resolve(book))) {
                JsonObject entry = new JsonObject(line);
                entries.add(new Entry(
                        entry.getString("effect"), entry.getString("reference"), entry.getString("idempotency_key")));
            }
        }
        return new PartnersBooks(List.copyOf(entries));
    }

    /** How many whole lines they have: counted in bytes, for the partner may be in the middle of a letter. */
    static long lines(Path dataDir) throws IOException {
        long lines = 0;
        for (String book : BOOKS) {
            for (byte each : Files.readAllBytes(dataDir.resolve("outside").resolve(book))) {
                if (each == '\n') {
                    lines++;
                }
            }
        }
        return lines;
    }

    /** The orders that have seen an effect. */
    Set<String> orders(String effect) {
        return of(effect).map(Entry::order).collect(Collectors.toSet());
    }

    /** How often an effect was carried out. */
    long times(String effect) {
        return of(effect).count();
    }

    /** Effects that were carried out twice for one key: in a partner's book a key is one thing wanted. */
    List<String> repeated() {
        Map<String, Long> byKey =
                entries.stream().collect(Collectors.groupingBy(e -> e.effect() + " " + e.key(), Collectors.counting()));
        return byKey.entrySet().stream()
                .filter(each -> each.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Stream<Entry> of(String effect) {
        return entries.stream().filter(entry -> entry.effect().equals(effect));
    }
}
