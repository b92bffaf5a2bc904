package io.sluice.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * @param port 0 for a free one
 * @param tls certificate and key; empty for plain text on loopback
 * @param maxBody bytes
 * @param maxInFlight requests between first byte and answer, per verticle
 */
public record HttpSettings(
        String host, int port, Optional<Tls> tls, int maxBody, int maxInFlight, Duration idleTimeout) {

    private static final int MAX_HEADERS = 16 * 1024;

    /** PEM texts. */
    public record Tls(String certificate, String key) {
        @Override
        public String toString() {
            return "Tls[•••]";
        }
    }

    HttpServerOptions serverOptions() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout((int) idleTimeout.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(MAX_HEADERS);
        tls.ifPresent(pem -> options.setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(pem.certificate()))
                        .addKeyValue(Buffer.buffer(pem.key()))));
        return options;
    }
}
