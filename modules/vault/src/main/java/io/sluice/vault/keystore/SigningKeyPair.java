package io.sluice.vault.keystore;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An RSA key pair that signs access tokens.
 *
 * @param id by which a token names it: the start of the hash of the public half
 */
public record SigningKeyPair(String id, RSAPublicKey publicKey, RSAPrivateCrtKey privateKey) {

    private static final int BITS = 2048;
    private static final int ID_BYTES = 12;

    static SigningKeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return of((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no RSA", missing);
        }
    }

    /** @param encoded PKCS #8 */
    static SigningKeyPair decode(byte[] encoded) throws GeneralSecurityException {
        return of((RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    }

    private static SigningKeyPair of(RSAPrivateCrtKey secret) throws GeneralSecurityException {
        RSAPublicKey open = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(open.getEncoded());
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
        return new SigningKeyPair(id, open, secret);
    }

    @Override
    public String toString() {
        return "SigningKeyPair[" + id + "]";
    }
}
