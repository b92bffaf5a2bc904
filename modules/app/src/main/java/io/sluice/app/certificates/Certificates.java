package io.sluice.app.certificates;

import io.sluice.app.config.Pem;
import io.sluice.app.config.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Makes X.509 certificates on P-256, as RFC 5280 profiles them. */
final class Certificates {

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    /** An authority that may sign for this use, and no further authority. */
    static Pem ofAuthority(Use use) {
        try {
            KeyPair keys = keyPair();
            X500Name name = new X500Name(use.authority());
            X509v3CertificateBuilder builder = builder(
                            name, name, keys, Instant.now().plus(AUTHORITY_LIFE))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return pem(builder, keys.getPrivate(), keys.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("this Java cannot make an elliptic-curve certificate", e);
        }
    }

    /**
     * A certificate that signs nobody, signed by this authority.
     *
     * @param hosts names and addresses of its bearer
     * @param until its last moment
     */
    static Pem ofBearer(String authority, Secret authorityKey, Use use, List<String> hosts, Instant until) {
        try {
            KeyPair keys = keyPair();
            X509CertificateHolder issuer = parsed(authority, X509CertificateHolder.class);
            PrivateKey signer =
                    new JcaPEMKeyConverter().getPrivateKey(parsed(authorityKey.reveal(), PrivateKeyInfo.class));
            GeneralName[] names = hosts.stream()
                    .map(host ->
                            new GeneralName(Host.isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                    .toArray(GeneralName[]::new);
            X509v3CertificateBuilder builder = builder(issuer.getSubject(), new X500Name(use.bearer()), keys, until)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use.purposes()))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            return pem(builder, keys.getPrivate(), signer);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("the development certificates cannot be used; delete their folder", e);
        }
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys, Instant until)
            throws GeneralSecurityException, IOException {
        Instant now = Instant.now();
        Instant from = (until.isBefore(now) ? until : now).minus(CLOCK_SKEW);
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        return new X509v3CertificateBuilder(
                        issuer,
                        new BigInteger(127, RANDOM).add(BigInteger.ONE),
                        Date.from(from),
                        Date.from(until),
                        subject,
                        key)
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    }

    private static Pem pem(X509v3CertificateBuilder builder, PrivateKey own, PrivateKey signer)
            throws OperatorCreationException, IOException {
        X509CertificateHolder certificate = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
        return new Pem(
                text("CERTIFICATE", certificate.getEncoded()), new Secret(text("PRIVATE KEY", own.getEncoded())));
    }

    private static String text(String type, byte[] encoded) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new PemObject(type, encoded));
        }
        return text.toString();
    }

    private static <T> T parsed(String pem, Class<T> type) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object parsed = parser.readObject();
            if (!type.isInstance(parsed)) {
                throw new IOException("not a " + type.getSimpleName() + " in PEM");
            }
            return type.cast(parsed);
        }
    }
}
