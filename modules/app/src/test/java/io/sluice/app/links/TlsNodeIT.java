package io.sluice.app.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.app.certificates.Bearer;
import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Config;
import io.sluice.app.node.Node;
import io.sluice.kernel.Clause;
import io.sluice.testkit.Trust;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A development node that was started by {@code --tls}, as seen by whoever calls it. */
class TlsNodeIT {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path dataDir;

    private static Node node;
    private static DevelopmentCertificates certificates;
    private static String authority;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        node = Node.start(config(Map.of("data_dir", dataDir.toString(), "development_tls", "true")));
        certificates = DevelopmentCertificates.of(dataDir);
        authority = certificates.authority(Use.SERVERS).certificate();
        caller = new Caller(shop(), Optional.of(authority));
        caller.signIn(new JsonObject(Files.readString(node.credentials().orElseThrow())).getJsonObject("customer1"));
    }

    @AfterAll
    static void stop() {
        caller.close();
        assertThat(node.stop().troubles()).isEmpty();
    }

    @Test
    @Clause("B2")
    void aClientOfTls13IsServedAndOneOf12IsNot() throws Exception {
        for (URI door : List.of(shop(), node.management())) {
            try (SSLSocket present = socket(door, authority, "TLSv1.3")) {
                present.startHandshake();
                assertThat(present.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }
            try (SSLSocket past = socket(door, authority, "TLSv1.2")) {
                assertThatThrownBy(past::startHandshake).isInstanceOf(SSLException.class);
            }
        }
    }

    @Test
    @Clause("B2")
    void whoSpeaksInTheClearToAnEncryptedPortHearsNothingOfOurs() throws IOException {
        for (URI door : List.of(shop(), node.management())) {
            try (Socket plain = new Socket(door.getHost(), door.getPort())) {
                plain.setSoTimeout(30_000);
                plain.getOutputStream()
                        .write("GET /health/live HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String heard = new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(heard).doesNotContain("HTTP").doesNotContain("status");
            }
        }
    }

    @Test
    @Clause("B2")
    void aClientThatTrustsAnotherAuthorityLeaves(@TempDir Path other) throws Exception {
        String stranger =
                DevelopmentCertificates.in(other).authority(Use.SERVERS).certificate();
        try (SSLSocket deceived = socket(shop(), stranger, "TLSv1.3")) {
            assertThatThrownBy(deceived::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    @Clause("B2")
    void everyConnectionToBothDatabasesIsTls13() throws Exception {
        JsonObject world = new JsonObject(Files.readString(dataDir.resolve("world.json")));
        caller.awaitEnd(caller.order("SL-0003", "Nora Lind"));

        Set<String> seen = new HashSet<>();
        try (Connection connection = connect(world, "verify-full");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select datname, ssl, version from pg_stat_ssl"
                        + " join pg_stat_activity using (pid) where backend_type = 'client backend'")) {
            while (rows.next()) {
                assertThat(rows.getBoolean("ssl")).as(rows.getString("datname")).isTrue();
                assertThat(rows.getString("version")).isEqualTo("TLSv1.3");
                seen.add(rows.getString("datname"));
            }
        }
        assertThat(seen).contains("sluice", "sluice_keys");
        assertThatThrownBy(() -> connect(world, "disable").close())
                .as("plain text is turned away, which is how migrations are known to have come by TLS")
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no encryption");
    }

    @Test
    void whoJoinsSpeaksTlsTooOrDoesNotJoin() throws Exception {
        Map<String, String> joining =
                Map.of("data_dir", dataDir.toString(), "cluster.enabled", "true", "node.roles", "worker");
        assertThatThrownBy(() -> Node.start(config(joining)))
                .rootCause()
                .hasMessageContaining("speaks TLS: start this one by --tls too");

        Map<String, String> alike = new TreeMap<>(joining);
        alike.put("development_tls", "true");
        Node guest = Node.start(config(alike));
        assertThat(guest.stop().troubles()).isEmpty();
    }

    @Test
    void partnersAreCalledAndCallBackByTls() throws Exception {
        JsonObject world = new JsonObject(Files.readString(dataDir.resolve("world.json")));
        assertThat(world.getString("provider")).startsWith("https://");
        assertThat(world.getString("carrier")).startsWith("https://");

        caller.awaitEnd(caller.order("SL-0004", "Nora Lind"));
    }

    @Test
    void eventsStreamByHttp2AndLimitsHold() throws Exception {
        String order = caller.order("SL-0005", "Nora Lind");
        HttpResponse<InputStream> stream = caller.client()
                .send(
                        caller.authorised("/v1/orders/" + order + "/events")
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("retry: 2000");
            String line = lines.readLine();
            while (!line.startsWith("event: order")) {
                line = lines.readLine();
            }
        }
        HttpResponse<String> surplus =
                caller.post("/v1/orders", "too-large", new JsonObject().put("note", "x".repeat(100_000)));
        assertThat(surplus.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(surplus.statusCode()).isEqualTo(413);
        assertThat(surplus.headers().firstValue("Strict-Transport-Security"))
                .as("a developer's browser is not held to HTTPS for all of localhost")
                .isEmpty();
    }

    @Test
    void aRenewedCertificateIsTakenUpWithoutARestart() throws Exception {
        BigInteger before = serial(shop());
        assertThat(certificates.issue(Bearer.API, List.of(), true).isNew()).isTrue();

        for (URI door : List.of(shop(), node.management())) {
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (serial(door).equals(before)) {
                assertThat(System.nanoTime()).as("in time").isLessThan(giveUp);
                CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS))
                        .join();
            }
        }
        try (Caller newcomer = new Caller(shop(), Optional.of(authority))) {
            HttpResponse<String> answer = newcomer.get("/v1/policy");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    private static BigInteger serial(URI door) throws IOException {
        try (SSLSocket socket = socket(door, authority, "TLSv1.3")) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }

    private static SSLSocket socket(URI door, String trusted, String protocol) throws IOException {
        SSLSocket socket =
                (SSLSocket) Trust.only(trusted).getSocketFactory().createSocket(door.getHost(), door.getPort());
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static Connection connect(JsonObject world, String mode) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + world.getInteger("database_port") + "/sluice?sslmode=" + mode
                        + "&sslrootcert=" + certificates.authorityFile(Use.SERVERS),
                world.getString("user"),
                world.getString("password"));
    }

    private static URI shop() {
        return node.shop().orElseThrow();
    }

    private static Config config(Map<String, String> keys) {
        Map<String, Config.Flag> flags = new TreeMap<>();
        Map.of("http.port", "0", "management.port", "0")
                .forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        keys.forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        return Config.read(flags, Map.of(), Optional.empty(), REPOSITORY);
    }
}
