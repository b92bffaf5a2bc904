package io.sluice.app.canary;

import io.sluice.app.process.NodeProcess;
import io.sluice.app.sandbox.CallbackRetries;
import io.sluice.app.sandbox.SandboxFaults;
import io.sluice.app.sandbox.SandboxPace;
import io.sluice.app.sandbox.SandboxPartners;
import io.sluice.app.sandbox.SandboxSettings;
import io.sluice.testkit.LoopbackPort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real node in a process of its own, with its database, and its partners outside it: in this JVM, behind taps. So nothing that
 * partners know is to be found in the node's memory.
 */
final class Rig implements AutoCloseable {

    static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final Pattern MANAGEMENT = Pattern.compile("Health and metrics on (\\S+)");
    private static final SandboxPace PACE = new SandboxPace(
            Duration.ZERO,
            Duration.ofMillis(300),
            Duration.ofSeconds(20),
            1,
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(50));

    private final Path dataDir;
    private final Path log;
    private final Vertx vertx;
    private final SandboxPartners partners;
    private final Tap provider;
    private final Tap carrier;
    private final Tap merchant;
    private final NodeProcess node;
    private final URI shop;

    private Rig(Path dataDir, Path log, Vertx vertx, SandboxPartners partners, Tap[] taps, NodeProcess node, URI shop) {
        this.dataDir = dataDir;
        this.log = log;
        this.vertx = vertx;
        this.partners = partners;
        this.provider = taps[0];
        this.carrier = taps[1];
        this.merchant = taps[2];
        this.node = node;
        this.shop = shop;
    }

    /** @param folder where data directory, books and log go */
    static Rig start(Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        int port = LoopbackPort.free();
        URI shop = URI.create("http://127.0.0.1:" + port);
        SandboxSettings.Partner partner = new SandboxSettings.Partner(0, "partner-key", WEBHOOK_SECRET);
        SandboxPartners partners = SandboxPartners.start(
                        vertx,
                        new SandboxSettings(
                                folder.resolve("outside"),
                                "127.0.0.1",
                                partner,
                                partner,
                                shop,
                                PACE,
                                CallbackRetries.PATIENT,
                                SandboxFaults.UNTIDY))
                .await(60, TimeUnit.SECONDS);
        Tap[] taps = {Tap.before(partners.provider()), Tap.before(partners.carrier()), Tap.before(receiver(vertx))};
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_TOOL_OPTIONS", "-Dsluice.log=TRACE " + Memory.COLLECTOR);
        environment.put("SLUICE_PAYMENTS_TIMEOUT", "1s");
        environment.put("SLUICE_CARRIERS_TIMEOUT", "1s");
        environment.put("SLUICE_AUTH_HASH_MEMORY", "8MiB");
        partner(environment, "SLUICE_PAYMENTS_SANDBOX_", taps[0]);
        partner(environment, "SLUICE_CARRIERS_SANDBOX_", taps[1]);
        Path dataDir = folder.resolve("data");
        NodeProcess node = NodeProcess.start(dataDir, "node", environment, "--port", Integer.toString(port));
        return new Rig(dataDir, folder.resolve("node.log"), vertx, partners, taps, node, shop);
    }

    /** A system of the merchant's that takes whatever it is told. */
    private static URI receiver(Vertx vertx) throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(told -> told.endHandler(
                        all -> told.response().setStatusCode(204).end().onFailure(gone -> {})))
                .listen(0, "127.0.0.1")
                .await(60, TimeUnit.SECONDS)
                .actualPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    private static void partner(Map<String, String> environment, String prefix, Tap tap) {
        environment.put(prefix + "URL", tap.uri().toString());
        environment.put(prefix + "API_KEY", "partner-key");
        environment.put(prefix + "WEBHOOK_SECRET", WEBHOOK_SECRET);
    }

    URI shop() {
        return shop;
    }

    URI management() throws IOException {
        Matcher said = MANAGEMENT.matcher(Files.readString(log));
        if (!said.find()) {
            throw new IOException("the node has not said where its management port is");
        }
        return URI.create(said.group(1));
    }

    JsonObject account(String role) throws IOException {
        return node.account(role);
    }

    long pid() {
        return node.pid();
    }

    Path dataDir() {
        return dataDir;
    }

    Path serverFiles() {
        return dataDir.resolve("postgres");
    }

    Path books() {
        return dataDir.resolveSibling("outside");
    }

    Path log() {
        return log;
    }

    Tap provider() {
        return provider;
    }

    Tap carrier() {
        return carrier;
    }

    Tap merchant() {
        return merchant;
    }

    Connection database(String name) throws IOException, SQLException {
        JsonObject world = new JsonObject(Files.readString(dataDir.resolve("world.json")));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + world.getInteger("database_port") + "/" + name,
                world.getString("user"),
                world.getString("password"));
    }

    void pause(Duration time) throws Exception {
        vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).await(60, TimeUnit.SECONDS);
    }

    int stop() throws IOException {
        return node.stop();
    }

    @Override
    public void close() throws Exception {
        node.close();
        partners.close().await(30, TimeUnit.SECONDS);
        provider.close();
        carrier.close();
        merchant.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
