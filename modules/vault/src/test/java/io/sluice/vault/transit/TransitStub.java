package io.sluice.vault.transit;

import static io.sluice.vault.Strongroom.await;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks the transit engine's HTTP protocol, with keys and ciphertexts that are real ones. What it answers, and
 * the words in which it refuses, are the engine's own. It can be told to be unwell.
 */
public final class TransitStub {

    public static final String TOKEN = "hvs.test";

    /** Longer than an engine that is well takes on a machine that is busy. */
    public static final Duration PATIENCE = Duration.ofSeconds(25);

    /** What the next requests meet. */
    public enum Mood {
        WELL,
        FORBIDDEN,
        NOT_FOUND,
        TOO_MANY,
        SEALED,
        BROKEN,
        HANGING,
        NONSENSE,
        EMPTY,
        HANGING_UP
    }

    private final HttpServer server;
    private final InstantSource clock;
    private final SortedMap<Integer, Aead> versions = new TreeMap<>();
    private final SortedMap<Integer, Long> madeAt = new TreeMap<>();
    private int minDecryption = 1;
    private int minEncryption;
    private int minAvailable;
    /** What requests were for, in order. */
    final List<String> asked = new ArrayList<>();

    public volatile Mood mood = Mood.WELL;
    volatile String type = "aes256-gcm96";
    volatile boolean isExportable;
    volatile boolean trimFails;
    volatile @Nullable String namespace;

    public TransitStub(Vertx vertx, InstantSource clock) {
        this.clock = clock;
        server = vertx.createHttpServer().requestHandler(this::received);
        await(server.listen(0, "127.0.0.1"));
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** How to reach it. */
    public TransitSettings settings(String token, Optional<String> clientNamespace, Duration timeout) {
        return new TransitSettings(base(), token, "sluice", clientNamespace, Optional.empty(), timeout, 2, 50, 1000);
    }

    public void close() {
        await(server.close());
    }

    private void received(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            synchronized (this) {
                asked.add(request.method() + " " + request.path());
            }
            switch (mood) {
                case WELL -> well(request, body);
                case FORBIDDEN -> fail(request, 403, "permission denied");
                case NOT_FOUND -> fail(request, 404, "no handler for route");
                case TOO_MANY -> fail(request, 429, "rate limit quota exceeded");
                case SEALED -> fail(request, 503, "Vault is sealed");
                case BROKEN -> fail(request, 500, "internal error");
                case HANGING -> body.length();
                case NONSENSE -> request.response().setStatusCode(200).end("<html>not JSON</html>");
                case EMPTY -> request.response().setStatusCode(200).end("{\"data\":{}}");
                case HANGING_UP -> request.connection().close();
            }
        });
    }

    private synchronized void well(HttpServerRequest request, Buffer body) {
        if (!TOKEN.equals(request.getHeader("X-Vault-Token"))) {
            fail(request, 403, "permission denied");
            return;
        }
        if (namespace != null && !namespace.equals(request.getHeader("X-Vault-Namespace"))) {
            fail(request, 404, "no handler for route");
            return;
        }
        JsonObject asks = body.length() == 0 ? new JsonObject() : new JsonObject(body);
        switch (request.method() + " " + request.path()) {
            case "GET /v1/transit/keys/sluice" -> key(request);
            case "POST /v1/transit/keys/sluice" -> {
                if (versions.isEmpty()) {
                    rotate();
                }
                key(request);
            }
            case "POST /v1/transit/keys/sluice/rotate" -> {
                rotate();
                key(request);
            }
            case "POST /v1/transit/keys/sluice/config" -> configure(request, asks);
            case "POST /v1/transit/keys/sluice/trim" -> trim(request, asks);
            case "POST /v1/transit/encrypt/sluice" -> batch(request, asks, this::encrypt);
            case "POST /v1/transit/decrypt/sluice" -> batch(request, asks, this::decrypt);
            default -> fail(request, 404, "no handler for route");
        }
    }

    private void rotate() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        int version = versions.isEmpty() ? 1 : versions.lastKey() + 1;
        try {
            versions.put(version, new AesGcmJce(key));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
        madeAt.put(version, clock.instant().getEpochSecond());
    }

    private void key(HttpServerRequest request) {
        if (versions.isEmpty()) {
            fail(request, 404);
            return;
        }
        JsonObject keys = new JsonObject();
        madeAt.tailMap(Math.max(minDecryption, minAvailable))
                .forEach((version, at) -> keys.put(Integer.toString(version), at));
        answer(
                request,
                200,
                new JsonObject()
                        .put("type", type)
                        .put("exportable", isExportable)
                        .put("allow_plaintext_backup", false)
                        .put("latest_version", versions.lastKey())
                        .put("min_decryption_version", minDecryption)
                        .put("min_encryption_version", minEncryption)
                        .put("min_available_version", minAvailable)
                        .put("keys", keys));
    }

    private void configure(HttpServerRequest request, JsonObject asks) {
        int decryption = asks.getInteger("min_decryption_version", minDecryption);
        int encryption = asks.getInteger("min_encryption_version", minEncryption);
        if (decryption > versions.lastKey()) {
            fail(
                    request,
                    400,
                    "cannot set min decryption version of " + decryption + ", latest key version is "
                            + versions.lastKey());
        } else if (encryption > 0 && encryption < decryption) {
            fail(request, 400, "cannot set min encryption/decryption values");
        } else {
            minDecryption = decryption;
            minEncryption = encryption;
            key(request);
        }
    }

    private void trim(HttpServerRequest request, JsonObject asks) {
        int least = asks.getInteger("min_available_version");
        if (trimFails) {
            fail(request, 500, "internal error");
        } else if (minEncryption == 0) {
            fail(request, 400, "minimum available version cannot be set when minimum encryption version is not set");
        } else if (least > minEncryption || least > minDecryption) {
            fail(request, 400, "minimum available version cannot be greater than minmum encryption version");
        } else {
            minAvailable = least;
            versions.headMap(least).clear();
            key(request);
        }
    }

    @FunctionalInterface
    private interface Work {
        JsonObject on(JsonObject item);
    }

    private void batch(HttpServerRequest request, JsonObject asks, Work work) {
        JsonArray items = asks.getJsonArray("batch_input");
        JsonArray results = new JsonArray();
        for (int i = 0; i < items.size(); i++) {
            results.add(work.on(items.getJsonObject(i)));
        }
        boolean anyFailed = results.stream().anyMatch(each -> ((JsonObject) each).containsKey("error"));
        answer(request, anyFailed ? 400 : 200, new JsonObject().put("batch_results", results));
    }

    private JsonObject encrypt(JsonObject item) {
        int version = item.getInteger("key_version", 0) == 0 ? versions.lastKey() : item.getInteger("key_version");
        if (version > versions.lastKey()) {
            return error("requested version for encryption is higher than the latest key version");
        }
        if (version < minEncryption) {
            return error("requested version for encryption is less than the minimum encryption key version");
        }
        try {
            byte[] sealed = key(version).encrypt(bytes(item, "plaintext"), bytes(item, "associated_data"));
            return new JsonObject()
                    .put(
                            "ciphertext",
                            "vault:v" + version + ":" + Base64.getEncoder().encodeToString(sealed))
                    .put("key_version", version);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private JsonObject decrypt(JsonObject item) {
        String[] parts = item.getString("ciphertext").split(":", 3);
        int version = Integer.parseInt(parts[1].substring(1));
        if (version > versions.lastKey()) {
            return error("invalid ciphertext: version is too new");
        }
        if (version < minDecryption) {
            return error("ciphertext or signature version is disallowed by policy (too old)");
        }
        try {
            byte[] plain = key(version).decrypt(Base64.getDecoder().decode(parts[2]), bytes(item, "associated_data"));
            return new JsonObject().put("plaintext", Base64.getEncoder().encodeToString(plain));
        } catch (GeneralSecurityException notAuthentic) {
            return error("cipher: message authentication failed");
        }
    }

    private Aead key(int version) {
        return Objects.requireNonNull(versions.get(version));
    }

    private static byte[] bytes(JsonObject item, String name) {
        return Base64.getDecoder().decode(item.getString(name, ""));
    }

    private static JsonObject error(String text) {
        return new JsonObject().put("error", text);
    }

    private static void answer(HttpServerRequest request, int status, JsonObject data) {
        request.response()
                .setStatusCode(status)
                .end(new JsonObject()
                        .put("request_id", "test")
                        .put("data", data)
                        .toBuffer())
                .onFailure(gone -> request.connection().close());
    }

    private static void fail(HttpServerRequest request, int status, String... errors) {
        request.response()
                .setStatusCode(status)
                .end(new JsonObject()
                        .put("errors", new JsonArray(List.of(errors)))
                        .toBuffer())
                .onFailure(gone -> request.connection().close());
    }
}
