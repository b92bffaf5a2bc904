package io.sluice.app.certificates;

import io.sluice.app.config.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A certificate and its private key that have been tried together.
 *
 * @param leaf the first certificate of the chain
 */
public record Identity(Pem pem, X509Certificate leaf) {

    /** @throws IllegalArgumentException saying what keeps it from being used, never showing the key */
    public static Identity of(Pem pem, Instant now) {
        X509Certificate leaf = certificate(pem.certificate());
        Instant until = leaf.getNotAfter().toInstant();
        if (!until.isAfter(now)) {
            throw new IllegalArgumentException("the certificate has expired at " + until + "; renew it");
        }
        if (leaf.getNotBefore().toInstant().isAfter(now)) {
            throw new IllegalArgumentException(
                    "the certificate is good from " + leaf.getNotBefore().toInstant() + " on, not before");
        }
        if (!belongs(key(pem.key().reveal()), leaf.getPublicKey())) {
            throw new IllegalArgumentException("the private key is not that of the certificate");
        }
        return new Identity(pem, leaf);
    }

    /** The first certificate of a PEM text. */
    public static X509Certificate certificate(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate cannot be read", e);
        }
    }

    public Instant until() {
        return leaf.getNotAfter().toInstant();
    }

    /** The names and addresses that it is good for. */
    public List<String> hosts() {
        try {
            return Optional.ofNullable(leaf.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .map(name -> Host.spelled(String.valueOf(name.get(1))))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate's names cannot be read", e);
        }
    }

    private static PrivateKey key(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                switch (found) {
                    case PrivateKeyInfo info -> {
                        return converter.getPrivateKey(info);
                    }
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    default -> {
                        // the curve's parameters may stand in front of the key
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the private key cannot be read", e);
        }
        throw new IllegalArgumentException("the private key cannot be read: it is encrypted, or there is none");
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        try {
            byte[] anything = "a certificate and its key".getBytes(StandardCharsets.US_ASCII);
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(anything);
            byte[] signed = signing.sign();
            signing.initVerify(certified);
            signing.update(anything);
            return signing.verify(signed);
        } catch (GeneralSecurityException e) {
            // keys of two kinds cannot be a pair
            return false;
        }
    }
}
