package io.sluice.load;

import io.sluice.vault.keystore.Keystore;
import io.sluice.vault.keystore.KeystoreFile;
import io.sluice.vault.keystore.SigningKeyPair;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Signs access tokens with a development node's own key: the claims that its sign-in gives. */
final class Tokens {

    /** As long as the product lets one live. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SigningKeyPair key;

    Tokens(Keystore keystore) {
        this.key = keystore.signingKeys().getFirst();
    }

    /** Opens the keys that a development node made at its first start. */
    static Keystore keystore(Path dataDir) throws IOException {
        String password = Files.readString(dataDir.resolve("secrets").resolve("vault.keystore.password"))
                .strip();
        return KeystoreFile.open(dataDir.resolve("keys").resolve("keystore"), password);
    }

    /** One for each buyer, in their order, good from now on. */
    List<String> sign(List<Buyer> buyers) {
        Instant now = Instant.now();
        return buyers.parallelStream().map(buyer -> sign(buyer, now)).toList();
    }

    private String sign(Buyer buyer, Instant now) {
        String header = new JsonObject()
                .put("typ", "JWT")
                .put("alg", "RS256")
                .put("kid", key.id())
                .encode();
        String claims = new JsonObject()
                .put("sub", buyer.subject().toString())
                .put("sid", buyer.session().toString())
                .put("epoch", 0)
                .put("roles", 0)
                .put("auth_time", now.getEpochSecond())
                .put("iss", "sluice")
                .put("aud", new JsonArray().add("sluice"))
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond())
                .encode();
        String signed = base64(header) + "." + base64(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.privateKey());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new BenchFailed("a token cannot be signed", e);
        }
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
