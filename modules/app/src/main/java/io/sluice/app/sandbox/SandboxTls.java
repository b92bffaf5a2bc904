package io.sluice.app.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.Optional;
import java.util.Set;

/**
 * How the partners speak TLS (1.3). PEM texts.
 *
 * @param own what both are known by; empty: they listen in plain text
 * @param shopAuthority who signed the shop's certificate; empty: whoever Java trusts
 */
public record SandboxTls(Optional<Own> own, Optional<String> shopAuthority) {

    /** Plain text, and a shop whose certificate everybody trusts. */
    public static final SandboxTls NONE = new SandboxTls(Optional.empty(), Optional.empty());

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

    /** @param certificate the chain, leaf first */
    public record Own(String certificate, String key) {
        @Override
        public String toString() {
            return "Own[•••]";
        }
    }

    String scheme() {
        return own.isPresent() ? "https" : "http";
    }

    void secure(HttpServerOptions options) {
        own.ifPresent(pem -> options.setSsl(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(pem.certificate()))
                        .addKeyValue(Buffer.buffer(pem.key()))));
    }

    void trust(WebClientOptions options) {
        options.setVerifyHost(true).setEnabledSecureTransportProtocols(PROTOCOLS);
        shopAuthority.ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
    }
}
