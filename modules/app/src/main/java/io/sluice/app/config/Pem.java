package io.sluice.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A certificate and its private key, as PEM text.
 *
 * @param certificate the chain, leaf first
 * @param source where both were read from, and where renewed ones will stand; empty if they were given as text
 */
public record Pem(String certificate, Secret key, Optional<Source> source) {

    /** Two files, which may be one and the same. */
    public record Source(Path certificate, Path key) {

        /**
         * What stands there now.
         *
         * @throws IllegalArgumentException if it is no PEM text
         */
        public Pem read() throws IOException {
            return new Pem(Files.readString(certificate), new Secret(Files.readString(key)), Optional.of(this));
        }
    }

    public Pem {
        if (!certificate.contains("-----BEGIN CERTIFICATE-----")) {
            throw new IllegalArgumentException("the certificate must be PEM text (-----BEGIN CERTIFICATE-----)");
        }
        if (!key.reveal().contains("PRIVATE KEY-----")) {
            throw new IllegalArgumentException("the key must be PEM text (-----BEGIN PRIVATE KEY-----)");
        }
    }

    /** In memory only. */
    public Pem(String certificate, Secret key) {
        this(certificate, key, Optional.empty());
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
        Optional<Source> source = section.source("certificate")
                .flatMap(chain -> section.source("key").map(own -> new Source(chain, own)));
        return certificate.flatMap(chain -> key.map(each -> new Pem(chain, each, source)));
    }
}
