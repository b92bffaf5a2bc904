package io.sluice.vault.transit;

import io.sluice.vault.KekEpoch;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A transit key as the engine describes it.
 *
 * @param epochs its versions that exist, oldest first; of those that are only disallowed, and not trimmed away yet, the engine
 *     does not say when they were made
 */
record TransitKey(int latest, List<KekEpoch> epochs) {

    static final String TYPE = "aes256-gcm96";

    /**
     * @return empty if it makes no sense
     * @throws IllegalStateException if the key is not one that keeps the promise
     */
    static Optional<TransitKey> read(JsonObject data) {
        if (!TYPE.equals(data.getValue("type"))) {
            return data.getValue("type") instanceof String other
                    ? refuse("is of type " + other + ", not " + TYPE)
                    : Optional.empty();
        }
        if (Boolean.TRUE.equals(data.getValue("exportable"))
                || Boolean.TRUE.equals(data.getValue("allow_plaintext_backup"))) {
            return refuse("may be exported or backed up in plain, so that its destruction could not be promised");
        }
        if (!(data.getValue("keys") instanceof JsonObject keys)
                || !(data.getValue("latest_version") instanceof Integer latest)
                || !keys.containsKey(Integer.toString(latest))) {
            return Optional.empty();
        }
        List<KekEpoch> epochs = new ArrayList<>();
        for (String version : keys.fieldNames()) {
            if (!version.matches("[0-9]{1,9}") || !(keys.getValue(version) instanceof Number madeAt)) {
                return Optional.empty();
            }
            epochs.add(new KekEpoch(Integer.parseInt(version), Instant.ofEpochSecond(madeAt.longValue())));
        }
        epochs.sort(Comparator.comparingInt(KekEpoch::number));
        int untrimmed = Math.max(1, data.getValue("min_available_version") instanceof Integer least ? least : 0);
        for (int version = epochs.getFirst().number() - 1; version >= untrimmed; version--) {
            epochs.addFirst(new KekEpoch(version, Instant.EPOCH));
        }
        return Optional.of(new TransitKey(latest, List.copyOf(epochs)));
    }

    private static Optional<TransitKey> refuse(String why) {
        throw new IllegalStateException("the transit key " + why);
    }
}
