package io.sluice.app.config;

import java.net.URI;
import java.util.Optional;

/**
 * A HashiCorp Vault whose transit engine holds the key-encryption keys.
 *
 * @param url {@code https://host:8200}
 * @param key the transit key's name
 * @param namespace for those who have several
 * @param ca PEM text of who signed the server's certificate, if it is not one that everybody trusts
 */
public record TransitConfig(URI url, Secret token, String key, Optional<String> namespace, Optional<String> ca) {

    /** @param wanted whether it is the provider: else what is given of it is not looked at */
    static Optional<TransitConfig> read(Section section, boolean wanted) {
        Optional<URI> url = section.uri("url");
        Optional<Secret> token = section.secret("token");
        String key = section.text("key", "sluice");
        Optional<String> namespace = section.text("namespace");
        Optional<String> ca = section.text("ca");
        if (!wanted) {
            return Optional.empty();
        }
        if (url.isEmpty()) {
            section.missing("url", "the provider is transit");
        }
        if (token.isEmpty()) {
            section.missing("token", "the provider is transit");
        }
        url.ifPresent(given -> {
            if (!"https".equals(given.getScheme()) && !Loopback.is(given.getHost())) {
                section.problem("url", "must be https: its host is not this machine");
            }
        });
        return url.flatMap(at -> token.map(secret -> new TransitConfig(at, secret, key, namespace, ca)));
    }
}
