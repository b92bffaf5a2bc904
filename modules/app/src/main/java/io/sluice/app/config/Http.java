package io.sluice.app.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where customers, staff and partners call.
 *
 * @param host the interface to bind
 * @param port 0 takes a free one
 * @param tls outside loopback there is no plain port
 * @param publicUrl how the outer world spells this address; derived from host and port if absent
 * @param idleTimeout after so long without a byte a connection is closed
 */
public record Http(String host, int port, Optional<Pem> tls, Optional<URI> publicUrl, Duration idleTimeout) {

    public Http {
        if (tls.isEmpty() && !Loopback.is(host)) {
            throw new IllegalArgumentException("http.host " + host
                    + " can be reached from outside: give http.tls.certificate and http.tls.key, or bind 127.0.0.1");
        }
        Values.positive("http.idle_timeout", idleTimeout);
    }

    static Http read(Section section) {
        return new Http(
                section.text("host", "127.0.0.1"),
                section.port("port", 8080),
                section.part("tls", Pem::read).flatMap(pem -> pem),
                section.uri("public_url"),
                section.duration("idle_timeout", Duration.ofSeconds(60)));
    }
}
