package io.sluice.gateway.http;

import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * @param port 0 for a free one
 * @param tls certificate and key; empty for plain text
 * @param isHttpsOnly whether browsers are told to come by HTTPS only, for a year: all the world then reaches this address by TLS,
 *     which ends here or at a proxy
 * @param maxBody bytes
 * @param maxInFlight requests between first byte and answer, per verticle; partners' callbacks are counted apart
 */
public record HttpSettings(
        String host,
        int port,
        Optional<ServerTls> tls,
        boolean isHttpsOnly,
        int maxBody,
        int maxInFlight,
        Duration idleTimeout) {

    private static final int MAX_HEADERS = 16 * 1024;

    HttpServerOptions serverOptions() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout((int) idleTimeout.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(MAX_HEADERS)
                // whoever asks a plain port for HTTP/2 may have found a way around the proxy's rules
                .setHttp2ClearTextEnabled(!isHttpsOnly);
        options.getInitialSettings().setMaxHeaderListSize(MAX_HEADERS);
        tls.ifPresent(each -> each.secure(options));
        return options;
    }
}
