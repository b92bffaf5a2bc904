package io.sluice.app.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.certificates.Bearer;
import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Config;
import io.sluice.app.config.Pem;
import io.sluice.app.node.Node;
import io.sluice.app.sandbox.SandboxFaults;
import io.sluice.app.sandbox.SandboxPartners;
import io.sluice.app.sandbox.SandboxSettings;
import io.sluice.app.sandbox.SandboxTls;
import io.sluice.kernel.Clause;
import io.sluice.storage.EmbeddedPostgres;
import io.sluice.storage.EmbeddedTls;
import io.sluice.testkit.LoopbackPort;
import io.sluice.testkit.Wiretap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node with somebody listening on the wire of every link that it has: to its customers, its probes, both its databases, and its
 * partners, there and back. The bus has a test of its own beside {@code NodeVertx}.
 */
class TappedLinksIT {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final String CANARY = "Kanarienvogel";
    private static final String KEY = "a partner's key";
    private static final String SECRET = "whsec_" + "c2x1aWNlLXRhcHBlZC1saW5rcy0wMTIzNDU2Nzg5";

    @TempDir
    Path folder;

    private final Map<String, Wiretap> taps = new LinkedHashMap<>();
    private final Vertx outside = Vertx.vertx();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Clause("B2")
    void whatPassesIsReadOnTheWireOnlyWhereThereIsNoTls(boolean tls) throws Exception {
        DevelopmentCertificates certificates = DevelopmentCertificates.in(folder.resolve("certificates"));
        Optional<String> authority =
                tls ? Optional.of(certificates.authority(Use.SERVERS).certificate()) : Optional.empty();
        int port = LoopbackPort.free();
        int probes = LoopbackPort.free();
        tap("api", port);
        tap("callbacks", port);
        tap("management", probes);
        String sku = "SL-0007";
        String order;
        try (EmbeddedPostgres server = EmbeddedPostgres.start(
                new EmbeddedPostgres.Settings(
                        folder.resolve("postgres"),
                        false,
                        0,
                        List.of(),
                        tls ? database(certificates) : Optional.empty()),
                List.of("shop", "keys"))) {
            tap("data", server.settings("shop").port());
            tap("keys", server.settings("keys").port());
            SandboxPartners partners = partners(certificates, tls);
            tap("provider", partners.provider().getPort());
            tap("carrier", partners.carrier().getPort());
            Map<String, String> keys = new TreeMap<>(Map.of(
                    "data_dir", folder.resolve("data").toString(),
                    "http.port", Integer.toString(port),
                    "management.port", Integer.toString(probes)));
            keys.putAll(database("database", server.settings("shop").password(), "data", "shop", authority));
            keys.putAll(database("vault.database", server.settings("keys").password(), "keys", "keys", authority));
            keys.putAll(partner("payments", "provider", authority));
            keys.putAll(partner("carriers", "carrier", authority));
            if (tls) {
                Pem.Source files = files(certificates, Bearer.API);
                for (String door : List.of("http", "management")) {
                    keys.put(door + ".tls.certificate", Files.readString(files.certificate()));
                    keys.put(door + ".tls.key", Files.readString(files.key()));
                }
            }
            Node node = Node.start(config(keys));
            try (Caller caller = new Caller(tapped("api", tls), authority);
                    Caller prober = new Caller(tapped("management", tls), authority)) {
                caller.signIn(
                        new JsonObject(Files.readString(node.credentials().orElseThrow())).getJsonObject("customer1"));
                order = caller.order(sku, CANARY);
                caller.awaitEnd(order);
                assertThat(prober.get("/health/ready").statusCode()).isEqualTo(200);
                assertThat(caller.get("/v1/policy")
                                .headers()
                                .firstValue("Strict-Transport-Security")
                                .isPresent())
                        .as("browsers are held to HTTPS where a certificate is configured")
                        .isEqualTo(tls);
            } finally {
                assertThat(node.stop().troubles()).isEmpty();
                partners.close().await(30, TimeUnit.SECONDS);
            }
        } finally {
            outside.close().await(30, TimeUnit.SECONDS);
        }

        assertThat(taps)
                .allSatisfy((link, tap) -> assertThat(tap.bytes()).as(link).isPositive());
        Map<String, String> canaries = Map.of(
                "api", CANARY,
                "management", "/health/ready",
                "data", sku,
                "keys", "vault.subject_key",
                "provider", order,
                "carrier", CANARY,
                "callbacks", order);
        taps.forEach((link, tap) -> assertThat(tap.hasHeard(canaries.getOrDefault(link, "no canary")))
                .as("the link \"%s\" shows its canary", link)
                .isEqualTo(!tls));
        if (tls) {
            taps.forEach((link, tap) -> assertThat(canaries.values().stream().filter(tap::hasHeard))
                    .as("canaries on the link \"%s\"", link)
                    .isEmpty());
        }
    }

    private void tap(String link, int port) {
        taps.put(link, Wiretap.before(port));
    }

    private int portOf(String link) {
        return Objects.requireNonNull(taps.get(link), link).port();
    }

    private URI tapped(String link, boolean tls) {
        return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + portOf(link));
    }

    private SandboxPartners partners(DevelopmentCertificates certificates, boolean tls) throws Exception {
        SandboxSettings plain = SandboxSettings.lively(
                        folder.resolve("outside"),
                        new SandboxSettings.Partner(0, KEY, SECRET),
                        new SandboxSettings.Partner(0, KEY, SECRET),
                        tapped("callbacks", tls))
                .with(SandboxFaults.NONE);
        if (!tls) {
            return SandboxPartners.start(outside, plain).await(30, TimeUnit.SECONDS);
        }
        Pem.Source files = files(certificates, Bearer.API);
        SandboxTls speaking = new SandboxTls(
                Optional.of(new SandboxTls.Own(Files.readString(files.certificate()), Files.readString(files.key()))),
                Optional.of(certificates.authority(Use.SERVERS).certificate()));
        return SandboxPartners.start(outside, plain.with(speaking)).await(30, TimeUnit.SECONDS);
    }

    private static Optional<EmbeddedTls> database(DevelopmentCertificates certificates) {
        Pem.Source files = files(certificates, Bearer.POSTGRESQL);
        return Optional.of(new EmbeddedTls(files.certificate(), files.key(), certificates.authorityFile(Use.SERVERS)));
    }

    private Map<String, String> database(
            String key, String password, String link, String name, Optional<String> authority) {
        Map<String, String> keys = new TreeMap<>();
        keys.put(
                key + ".url",
                "postgresql://sluice@127.0.0.1:" + portOf(link) + "/" + name
                        + (authority.isPresent() ? "?sslmode=verify-full" : ""));
        keys.put(key + ".password", password);
        authority.ifPresent(pem -> keys.put(key + ".ca", pem));
        return keys;
    }

    private Map<String, String> partner(String section, String link, Optional<String> authority) {
        String prefix = section + ".sandbox.";
        Map<String, String> keys = new TreeMap<>();
        keys.put(prefix + "url", tapped(link, authority.isPresent()).toString());
        keys.put(prefix + "api_key", KEY);
        keys.put(prefix + "webhook_secret", SECRET);
        authority.ifPresent(pem -> keys.put(prefix + "ca", pem));
        return keys;
    }

    private static Pem.Source files(DevelopmentCertificates certificates, Bearer bearer) {
        return certificates.issue(bearer, List.of(), false).pem().source().orElseThrow();
    }

    private static Config config(Map<String, String> keys) {
        Map<String, Config.Flag> flags = new TreeMap<>();
        keys.forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        return Config.read(flags, Map.of(), Optional.empty(), REPOSITORY);
    }
}
