package io.sluice.app.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the partners have written down themselves, of all runs on a data directory.
 *
 * @param provider how often each effect
 * @param carrier how often each effect
 * @param repeated effects that a partner carried out more than once for one key: there must be none
 */
public record OutsideBooks(SortedMap<String, Integer> provider, SortedMap<String, Integer> carrier, int repeated) {

    private static final String PROVIDER = "provider.ndjson";
    private static final String CARRIER = "carrier.ndjson";

    /** Counts the books that lie in this folder. */
    public static OutsideBooks read(Path folder) throws IOException {
        Map<String, Integer> effectsByKey = new HashMap<>();
        SortedMap<String, Integer> provider = count(folder.resolve(PROVIDER), effectsByKey);
        SortedMap<String, Integer> carrier = count(folder.resolve(CARRIER), effectsByKey);
        int repeated =
                (int) effectsByKey.values().stream().filter(times -> times > 1).count();
        return new OutsideBooks(provider, carrier, repeated);
    }

    private static SortedMap<String, Integer> count(Path book, Map<String, Integer> effectsByKey) throws IOException {
        SortedMap<String, Integer> effects = new TreeMap<>();
        try (Stream<String> lines = Files.lines(book)) {
            lines.map(JsonObject::new).forEach(line -> {
                String effect = line.getString("effect");
                effects.merge(effect, 1, Integer::sum);
                // a parcel has one key for all its stations, and each station once
                effectsByKey.merge(effect + " " + line.getString("idempotency_key"), 1, Integer::sum);
            });
        }
        return effects;
    }
}
