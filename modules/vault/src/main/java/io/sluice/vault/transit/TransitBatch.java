package io.sluice.vault.transit;

import io.sluice.vault.KeyNotUsable;
import io.sluice.vault.transit.TransitCalls.Said;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Wraps or unwraps many keys by one call; each has a result of its own. */
final class TransitBatch {

    private final TransitCalls calls;

    TransitBatch(TransitCalls calls) {
        this.calls = calls;
    }

    /** What became of one key. */
    sealed interface Result {
        record Text(String value) implements Result {}

        record Unusable(KeyNotUsable.Reason reason) implements Result {}
    }

    /**
     * @param asked as the engine calls the items of a batch
     * @param field what each result is called
     */
    <K> Future<Map<K, Result>> call(String path, List<K> keys, Function<K, JsonObject> asked, String field) {
        JsonArray items = new JsonArray();
        keys.forEach(key -> items.add(asked.apply(key)));
        return calls.post(path, new JsonObject().put("batch_input", items)).compose(said -> switch (said) {
            case Said.Yes yes -> results(keys, yes.data(), field);
            // some failed, by themselves; or all of them, and then it does not say which
            case Said.No no ->
                no.data().containsKey("batch_results")
                        ? results(keys, no.data(), field)
                        : reason(no.errors())
                                .<Future<Map<K, Result>>>map(reason -> Future.succeededFuture(all(keys, reason)))
                                .orElseGet(() -> calls.away("refused"));
            case Said.Nothing nothing -> calls.away("no-key");
        });
    }

    private <K> Future<Map<K, Result>> results(List<K> keys, JsonObject data, String field) {
        JsonArray found = data.getJsonArray("batch_results", new JsonArray());
        if (found == null || found.size() != keys.size()) {
            return calls.away("nonsense");
        }
        Map<K, Result> results = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Optional<Result> one =
                    found.getValue(i) instanceof JsonObject result ? result(result, field) : Optional.empty();
            if (one.isEmpty()) {
                return calls.away("nonsense");
            }
            results.put(keys.get(i), one.get());
        }
        return Future.succeededFuture(results);
    }

    private static Optional<Result> result(JsonObject one, String field) {
        if (one.getValue("error") instanceof String error && !error.isEmpty()) {
            return reason(error).map(Result.Unusable::new);
        }
        return one.getValue(field) instanceof String text && !text.isEmpty()
                ? Optional.of(new Result.Text(text))
                : Optional.empty();
    }

    private static <K> Map<K, Result> all(List<K> keys, KeyNotUsable.Reason reason) {
        Map<K, Result> results = new HashMap<>();
        keys.forEach(key -> results.put(key, new Result.Unusable(reason)));
        return results;
    }

    /** What the engine's words mean for a key; empty if they are about something else, which may pass. */
    private static Optional<KeyNotUsable.Reason> reason(String error) {
        if (error.contains("too old") || error.contains("too new")) {
            return Optional.of(KeyNotUsable.Reason.EPOCH_GONE);
        }
        boolean isForged = error.contains("message authentication failed")
                || error.contains("unable to decrypt")
                || error.contains("invalid ciphertext");
        return isForged ? Optional.of(KeyNotUsable.Reason.NOT_AUTHENTIC) : Optional.empty();
    }
}
