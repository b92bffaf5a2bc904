package io.sluice.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.Set;

/**
 * What a server speaks TLS 1.3 by, and nothing older: HTTP/2 or HTTP/1.1, as the client likes. PEM texts.
 *
 * @param certificate the chain, leaf first
 */
public record ServerTls(String certificate, String key) {

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

    /** For a server that is to listen. */
    public void secure(HttpServerOptions options) {
        options.setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(keyCert());
    }

    /** For one that listens already. */
    public ServerSSLOptions renewal() {
        return new ServerSSLOptions()
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(keyCert());
    }

    private PemKeyCertOptions keyCert() {
        return new PemKeyCertOptions().addCertValue(Buffer.buffer(certificate)).addKeyValue(Buffer.buffer(key));
    }

    @Override
    public String toString() {
        return "ServerTls[•••]";
    }
}
