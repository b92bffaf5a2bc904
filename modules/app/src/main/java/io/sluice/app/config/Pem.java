package io.sluice.app.config;

import java.util.Optional;

/**
 * A certificate and its private key, as PEM text.
 *
 * @param certificate the chain, leaf first
 */
public record Pem(String certificate, Secret key) {

    public Pem {
        if (!certificate.contains("-----BEGIN CERTIFICATE-----")) {
            throw new IllegalArgumentException("the certificate must be PEM text (-----BEGIN CERTIFICATE-----)");
        }
        if (!key.reveal().contains("PRIVATE KEY-----")) {
            throw new IllegalArgumentException("the key must be PEM text (-----BEGIN PRIVATE KEY-----)");
        }
    }

    /** Keys {@code certificate} and {@code key}: both or none. */
    static Optional<Pem> read(Section section) {
        Optional<String> certificate = section.text("certificate");
        Optional<Secret> key = section.secret("key");
        if (certificate.isPresent() && key.isEmpty()) {
            section.missing("key", "a certificate is given, and its private key belongs to it");
        }
        if (key.isPresent() && certificate.isEmpty()) {
            section.missing("certificate", "a private key is given, and its certificate belongs to it");
        }
        return certificate.flatMap(chain -> key.map(each -> new Pem(chain, each)));
    }
}
