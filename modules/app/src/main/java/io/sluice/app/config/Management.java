package io.sluice.app.config;

import java.util.Optional;

/**
 * Where probes and the metrics collector call: never anything personal, and encrypted outside this machine all the same.
 *
 * @param port 0 takes a free one
 * @param tls what it speaks TLS by; absent in development with {@code development_tls}: made at start
 * @param plainText whether it may do without, and where
 */
public record Management(String host, int port, Optional<Pem> tls, PlainText plainText) {

    static Management read(Section section, boolean developmentTls) {
        String host = section.text("host", "127.0.0.1");
        Optional<Pem> tls = section.part("tls", Pem::read).flatMap(pem -> pem);
        return new Management(
                host,
                section.port("port", 9090),
                tls,
                PlainText.read(section, host, developmentTls || tls.isPresent()));
    }
}
