package io.sluice.app.http;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes access tokens by hand, after the pattern of a genuine one and without the library that is to judge them. */
final class TokenForge {

    private final JsonObject header;
    private final JsonObject claims;

    /** @param genuine whose header and claims are the pattern */
    TokenForge(String genuine) {
        String[] parts = genuine.split("\\.", -1);
        this.header = decoded(parts[0]);
        this.claims = decoded(parts[1]);
    }

    JsonObject header() {
        return header.copy();
    }

    JsonObject claims() {
        return claims.copy();
    }

    /** Signed as ours are, by whatever key. */
    static String rs256(JsonObject header, JsonObject claims, PrivateKey key) {
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(key);
            rsa.update(ascii(unsigned(header, claims)));
            return unsigned(header, claims) + "." + base64(rsa.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a public key taken for a secret. */
    static String hs256(JsonObject header, JsonObject claims, PublicKey key) {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(ascii(pem), "HmacSHA256"));
            return unsigned(header, claims) + "." + base64(mac.doFinal(ascii(unsigned(header, claims))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Header and claims, and nothing to prove them. */
    static String unsigned(JsonObject header, JsonObject claims) {
        return base64(header.encode().getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static JsonObject decoded(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
}
