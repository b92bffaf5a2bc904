package io.sluice.app.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where customers, staff and partners call.
 *
 * @param host the interface to bind
 * @param port 0 takes a free one
 * @param tls what it speaks TLS by; absent in development with {@code development_tls}: made at start
 * @param plainText whether it may do without, and where
 * @param publicUrl how the outer world spells this address; derived from host and port if absent
 * @param forwardedBy how many proxies add to {@code X-Forwarded-For} on the way here; 0: the header is not believed
 * @param idleTimeout after so long without a byte a connection is closed
 */
public record Http(
        String host,
        int port,
        Optional<Pem> tls,
        PlainText plainText,
        Optional<URI> publicUrl,
        int forwardedBy,
        Duration idleTimeout) {

    public Http {
        Values.positive("http.idle_timeout", idleTimeout);
    }

    /**
     * Whether it can be told where requests come from: not if all of them come from one proxy that does not say. Who asks in plain text on a
     * machine that is in earnest is one, be it on the same machine.
     */
    public boolean knowsAddresses(Profile profile) {
        boolean isDirect = profile.isDevelopment() ? plainText != PlainText.BEHIND_A_TRUSTED_PROXY : tls.isPresent();
        return forwardedBy > 0 || isDirect;
    }

    static Http read(Section section, boolean developmentTls) {
        String host = section.text("host", "127.0.0.1");
        Optional<Pem> tls = section.part("tls", Pem::read).flatMap(pem -> pem);
        return new Http(
                host,
                section.port("port", 8080),
                tls,
                PlainText.read(section, host, developmentTls || tls.isPresent()),
                section.uri("public_url"),
                section.number("forwarded_by", 0, 0, 10),
                section.duration("idle_timeout", Duration.ofSeconds(60)));
    }
}
