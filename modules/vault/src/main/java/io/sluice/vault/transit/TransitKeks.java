package io.sluice.vault.transit;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.storage.GroupRead;
import io.sluice.vault.KekEpoch;
import io.sluice.vault.KekProvider;
import io.sluice.vault.KeyNotUsable;
import io.sluice.vault.transit.TransitBatch.Result;
import io.sluice.vault.transit.TransitCalls.Said;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The key-encryption keys of a transit engine. Keys that are wrapped or unwrapped at the same time go in one call; what fails
 * fails alone.
 */
public final class TransitKeks implements KekProvider {

    private final TransitCalls calls;
    private final TransitSettings settings;
    private final GroupRead<Wrapping, Result> wraps;
    private final GroupRead<Unwrapping, Result> unwraps;
    private volatile int current;

    private record Wrapping(int epoch, Buffer key, Buffer associatedData) {

        JsonObject asked() {
            return new JsonObject()
                    .put("plaintext", base64(key.getBytes()))
                    .put("associated_data", base64(associatedData.getBytes()))
                    .put("key_version", epoch);
        }
    }

    private record Unwrapping(String ciphertext, Buffer associatedData) {

        JsonObject asked() {
            return new JsonObject()
                    .put("ciphertext", ciphertext)
                    .put("associated_data", base64(associatedData.getBytes()));
        }
    }

    private TransitKeks(Vertx vertx, TransitSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.calls = new TransitCalls(vertx, settings, meters);
        TransitBatch batch = new TransitBatch(calls);
        this.wraps = new GroupRead<>(
                vertx,
                "transit wrap",
                settings.callsInFlight(),
                settings.batch(),
                settings.queue(),
                keys -> batch.call("encrypt/" + settings.key(), keys, Wrapping::asked, "ciphertext"));
        this.unwraps = new GroupRead<>(
                vertx,
                "transit unwrap",
                settings.callsInFlight(),
                settings.batch(),
                settings.queue(),
                keys -> batch.call("decrypt/" + settings.key(), keys, Unwrapping::asked, "plaintext"));
    }

    /**
     * Looks at the key, made first if there is none. Fails if it is of another type, or may be exported: then nobody could
     * promise that a destroyed epoch exists nowhere else.
     */
    public static Future<TransitKeks> open(Vertx vertx, TransitSettings settings, MeterRegistry meters) {
        TransitKeks keks = new TransitKeks(vertx, settings, meters);
        return keks.calls
                .get(keks.keyPath())
                .compose(said -> said instanceof Said.Nothing
                        ? keks.done(keks.keyPath(), new JsonObject().put("type", TransitKey.TYPE))
                        : Future.succeededFuture())
                .compose(there -> keks.epochs())
                .map(read -> keks)
                // only tidies up before it says so
                .recover(cause -> keks.close().transform(closed -> Future.failedFuture(cause)));
    }

    private String keyPath() {
        return "keys/" + settings.key();
    }

    @Override
    public int currentEpoch() {
        return current;
    }

    @Override
    public Future<List<KekEpoch>> epochs() {
        return key().map(TransitKey::epochs);
    }

    private Future<TransitKey> key() {
        return calls.get(keyPath())
                .compose(said -> said instanceof Said.Yes yes
                        ? TransitKey.read(yes.data())
                                .map(Future::succeededFuture)
                                .orElseGet(() -> calls.away("nonsense"))
                                .onSuccess(key -> current = Math.max(current, key.latest()))
                        : calls.away("no-key"));
    }

    @Override
    public Future<Integer> turn(int from) {
        return key().compose(key ->
                        key.latest() > from ? Future.succeededFuture() : done(keyPath() + "/rotate", new JsonObject()))
                .compose(turned -> key())
                .map(TransitKey::latest);
    }

    /** In two steps; what was only disallowed by the first is an epoch still, so that the second is done again. */
    @Override
    public Future<Void> destroyThrough(int epoch) {
        int least = epoch + 1;
        return key().compose(key -> {
            if (least > key.latest()) {
                throw new IllegalArgumentException("the current epoch's key cannot be destroyed");
            }
            return done(
                            keyPath() + "/config",
                            new JsonObject()
                                    .put("min_decryption_version", least)
                                    .put("min_encryption_version", least))
                    .compose(disallowed ->
                            done(keyPath() + "/trim", new JsonObject().put("min_available_version", least)));
        });
    }

    private Future<Void> done(String path, JsonObject body) {
        return calls.post(path, body).compose(said -> switch (said) {
            case Said.Yes yes -> Future.succeededFuture();
            case Said.No no -> calls.away("refused");
            case Said.Nothing nothing -> calls.away("no-key");
        });
    }

    @Override
    public Future<Buffer> wrap(int epoch, byte[] key, byte[] associatedData) {
        return wraps.get(new Wrapping(epoch, Buffer.buffer(key), Buffer.buffer(associatedData)))
                .compose(result -> text(result.orElseThrow()))
                .map(ciphertext -> Buffer.buffer(ciphertext, "US-ASCII"));
    }

    @Override
    public Future<byte[]> unwrap(int epoch, Buffer wrapped, byte[] associatedData) {
        String ciphertext = wrapped.toString(StandardCharsets.US_ASCII);
        // the engine goes by what the ciphertext says; the row must say the same
        if (!ciphertext.startsWith("vault:v" + epoch + ":")) {
            return Future.failedFuture(new KeyNotUsable(KeyNotUsable.Reason.NOT_AUTHENTIC));
        }
        return unwraps.get(new Unwrapping(ciphertext, Buffer.buffer(associatedData)))
                .compose(result -> text(result.orElseThrow()))
                .compose(this::key);
    }

    private Future<byte[]> key(String base64) {
        try {
            return Future.succeededFuture(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException nonsense) {
            return calls.away("nonsense");
        }
    }

    private static Future<String> text(Result result) {
        return switch (result) {
            case Result.Text text -> Future.succeededFuture(text.value());
            case Result.Unusable unusable -> Future.failedFuture(new KeyNotUsable(unusable.reason()));
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public Future<Void> close() {
        return calls.close();
    }
}
