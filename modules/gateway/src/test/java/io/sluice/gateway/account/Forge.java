package io.sluice.gateway.account;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand, good ones and bad ones, without the library that is to judge them. */
final class Forge {

    private Forge() {}

    static SigningKey key(String id) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(id, (RSAPublicKey) pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonObject header(SigningKey key) {
        return new JsonObject().put("alg", "RS256").put("typ", "JWT").put("kid", key.id());
    }

    static String sign(SigningKey key, JsonObject claims) {
        return signed(key, header(key), claims);
    }

    static String signed(SigningKey key, JsonObject header, JsonObject claims) {
        String signed = base64(header) + "." + base64(claims);
        return signed + "." + signature(key, signed);
    }

    static String unsigned(JsonObject claims) {
        return base64(new JsonObject().put("alg", "none").put("typ", "JWT")) + "." + base64(claims);
    }

    static String tampered(SigningKey key, JsonObject claims) {
        String[] parts = sign(key, claims).split("\\.", -1);
        return parts[0] + "." + base64(claims.copy().put("roles", 127)) + "." + parts[2];
    }

    static String hmac(SigningKey key, JsonObject claims) {
        try {
            String signed = base64(header(key).put("alg", "HS256")) + "." + base64(claims);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.publicPem().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signature(SigningKey key, String signed) {
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(key.privateKey());
            rsa.update(signed.getBytes(StandardCharsets.US_ASCII));
            return base64(rsa.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(JsonObject object) {
        return base64(object.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
