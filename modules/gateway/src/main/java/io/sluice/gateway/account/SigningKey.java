package io.sluice.gateway.account;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** A key pair that signs access tokens (RS256), under the id by which a token names it. */
public record SigningKey(String id, RSAPublicKey publicKey, PrivateKey privateKey) {

    private static final int LEAST_BITS = 2048;

    public SigningKey {
        if (publicKey.getModulus().bitLength() < LEAST_BITS) {
            throw new IllegalArgumentException("signing key " + id + " is shorter than " + LEAST_BITS + " bits");
        }
    }

    String publicPem() {
        return pem("PUBLIC KEY", publicKey.getEncoded());
    }

    String privatePem() {
        return pem("PRIVATE KEY", privateKey.getEncoded());
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    /** The public half as the world may see it (RFC 7517). */
    JsonObject jwk() {
        return new JsonObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", id)
                .put("n", base64Url(publicKey.getModulus()))
                .put("e", base64Url(publicKey.getPublicExponent()));
    }

    private static String base64Url(BigInteger number) {
        byte[] bytes = number.toByteArray();
        // without the sign byte (RFC 7518, 2)
        byte[] unsigned = bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
