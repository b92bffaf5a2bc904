package io.sluice.app.node;

import io.sluice.app.certificates.Bearer;
import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.DevelopmentCertificates.Issued;
import io.sluice.app.certificates.Identity;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Config;
import io.sluice.app.config.Pem;
import io.sluice.app.config.PlainText;
import io.sluice.app.sandbox.SandboxTls;
import io.sluice.storage.EmbeddedTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the links of a node speak TLS by: as configured or, in development, made now. The bus sees to itself. */
public final class Links {

    private final Config config;
    private final Optional<Identity> api;
    private final Optional<Identity> management;
    private final Optional<DevelopmentCertificates> made;

    private Links(
            Config config,
            Optional<Identity> api,
            Optional<Identity> management,
            Optional<DevelopmentCertificates> made) {
        this.config = config;
        this.api = api;
        this.management = management;
        this.made = made;
    }

    /**
     * Blocks while certificates are made.
     *
     * @throws IOException naming the key of a certificate that cannot be used, and why
     */
    public static Links of(Config config) throws IOException {
        Optional<Identity> api = tried("http.tls", config.http().tls());
        Optional<Identity> management =
                tried("management.tls", config.management().tls());
        if (!config.developmentTls()) {
            return new Links(config, api, management, Optional.empty());
        }
        DevelopmentCertificates made = DevelopmentCertificates.of(config.dataDir());
        Identity own = made.issue(Bearer.API, hosts(config), false).identity();
        return new Links(config, Optional.of(api.orElse(own)), Optional.of(management.orElse(own)), Optional.of(made));
    }

    private static Optional<Identity> tried(String key, Optional<Pem> pem) throws IOException {
        try {
            return pem.map(each -> Identity.of(each, Instant.now()));
        } catch (IllegalArgumentException unusable) {
            throw new IOException(key + ": " + unusable.getMessage());
        }
    }

    private static List<String> hosts(Config config) {
        return Stream.of(config.http().host(), config.management().host())
                .filter(host -> !isWildcard(host))
                .toList();
    }

    /** What the API is known by, if it speaks TLS. */
    Optional<Identity> api() {
        return api;
    }

    /** What health and metrics are known by. */
    Optional<Identity> management() {
        return management;
    }

    /** Whether all the world reaches the API by TLS. Not told to browsers of a developer: they would hold all of localhost to it. */
    boolean isHttpsOnly() {
        return config.http().tls().isPresent() || config.http().plainText() == PlainText.BEHIND_A_TRUSTED_PROXY;
    }

    /** What the embedded server speaks TLS by. */
    Optional<EmbeddedTls> database() {
        return made.map(certificates -> {
            Issued issued = certificates.issue(Bearer.POSTGRESQL, List.of(), false);
            Pem.Source files = issued.pem().source().orElseThrow();
            return new EmbeddedTls(files.certificate(), files.key(), certificates.authorityFile(Use.SERVERS));
        });
    }

    /** PEM text of who signed the certificates of what development brings along. */
    Optional<String> developmentAuthority() {
        return made.map(certificates -> certificates.authority(Use.SERVERS).certificate());
    }

    /** PEM text of whom a client of the API has to trust, if nobody trusts them anyway: its own chain, or development's authority. */
    Optional<String> shopAuthority() {
        return config.http().tls().map(Pem::certificate).or(this::developmentAuthority);
    }

    /** How the sandbox partners speak TLS, and whom they trust. */
    SandboxTls sandbox() {
        return new SandboxTls(
                made.map(certificates -> {
                    Pem pem = certificates.issue(Bearer.API, List.of(), false).pem();
                    return new SandboxTls.Own(pem.certificate(), pem.key().reveal());
                }),
                shopAuthority());
    }

    /** Where the API is on this port. */
    public URI shop(int port) {
        return address(api, config.http().host(), port);
    }

    /** Where health and metrics are. */
    URI health(int port) {
        return address(management, config.management().host(), port);
    }

    private static URI address(Optional<Identity> identity, String host, int port) {
        String reached = isWildcard(host) ? "127.0.0.1" : host;
        String spelled = reached.contains(":") ? "[" + reached + "]" : reached;
        return URI.create((identity.isPresent() ? "https://" : "http://") + spelled + ":" + port);
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            // what cannot be told is some name
            return false;
        }
    }
}
