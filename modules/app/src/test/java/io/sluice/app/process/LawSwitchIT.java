package io.sluice.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.PolicyConfig;
import io.sluice.kernel.Clause;
import io.sluice.stewardship.policy.LawSignature;
import io.sluice.stewardship.policy.LawSigners;
import io.sluice.testkit.LoopbackPort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version of the law that takes effect on two nodes while orders flow through both. */
class LawSwitchIT {

    private static final Path POLICIES = NodeProcess.REPOSITORY.resolve("config/policy");
    private static final Path KEY = POLICIES.resolve(PolicyConfig.DEVELOPMENT_KEY);
    private static final String SHIPPED = "2026-11-draft";
    private static final Duration NOTICE = Duration.ofDays(14);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration AFTERWARDS = Duration.ofSeconds(4);
    /** What the nodes may not be sure of, and how far the clock that dates leaves may be off the database's: on one machine. */
    private static final Duration TOLERANCE = Duration.ofMillis(250);

    private static final Instant END = Instant.parse("2099-12-31T00:00:00Z");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @Clause("E2")
    void fromItsInstantOnEveryUseOnBothNodesIsStampedWithTheNewVersionAndNoneBefore() throws Exception {
        Path laws = Files.createDirectory(folder.resolve("policy"));
        String before = shipped();
        assertThat(sign(laws, SHIPPED, before)).exists();
        Path dataDir = folder.resolve("data");
        int port = LoopbackPort.free();
        try (NodeProcess door = start(dataDir, "door", laws, port, "gateway,worker");
                NodeProcess worker = start(dataDir, "worker", laws, 0, "worker");
                Customer customer = Customer.signedIn(port, door.account("customer1"));
                Connection database = database(dataDir)) {
            order(customer, "first");
            Instant turn = databaseTime(database).plusSeconds(12);
            String next = "2099-01";
            announce(database, next, named(before, next, turn), turn);
            assertThat(inForce(port)).isEqualTo(SHIPPED);

            int orders = 0;
            while (databaseTime(database).isBefore(turn.plus(AFTERWARDS))) {
                order(customer, "order-" + orders++);
            }

            assertThat(inForce(port)).isEqualTo(next);
            assertThat(stamped(database, SHIPPED, turn.plus(TOLERANCE), END))
                    .as("uses after the instant by the old version")
                    .isZero();
            assertThat(stamped(database, next, Instant.EPOCH, turn.minus(TOLERANCE)))
                    .as("uses before the instant by the new version")
                    .isZero();
            assertThat(stamped(database, SHIPPED, Instant.EPOCH, turn))
                    .as("by the old version")
                    .isPositive();
            assertThat(stamped(database, next, turn, END))
                    .as("by the new version")
                    .isPositive();
            assertThat(nodes(database, next)).as("nodes that went over").isEqualTo(2);
            assertThat(stamped(database, SHIPPED, turn.minus(PATIENCE), END))
                    .as("were the instant another, this test would notice")
                    .isPositive();
            assertThat(stamped(database, next, Instant.EPOCH, turn.plus(PATIENCE)))
                    .isPositive();
            assertThat(worker.stop()).isZero();
            assertThat(door.stop()).isZero();
        }
    }

    private NodeProcess start(Path dataDir, String name, Path laws, int port, String roles) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("SLUICE_POLICY_DIR", laws.toString());
        environment.put("SLUICE_POLICY_SIGNERS", KEY.toString());
        return NodeProcess.start(
                dataDir, name, environment, "--cluster", "--port", Integer.toString(port), "--roles", roles);
    }

    /** Who asks just when everything starts may be told to ask again. */
    private static void order(Customer customer, String key) throws Exception {
        HttpResponse<String> answer = customer.order(key);
        for (int again = 0; again < 5 && answer.statusCode() == 503; again++) {
            answer = customer.order(key);
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private String inForce(int port) throws Exception {
        HttpRequest asked = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/policy"))
                .header("Accept", "application/json")
                .build();
        return new JsonObject(
                        client.send(asked, HttpResponse.BodyHandlers.ofString()).body())
                .getString("version");
    }

    private static String shipped() throws IOException {
        return Files.readString(POLICIES.resolve(SHIPPED + ".yaml"));
    }

    /** The same law under another name, announced in time to take effect then. */
    private static String named(String text, String version, Instant effective) {
        return text.replaceFirst("(?m)^version: .*$", "version: " + version)
                .replaceFirst("(?m)^announced_at: .*$", "announced_at: " + effective.minus(NOTICE))
                .replaceFirst("(?m)^effective_at: .*$", "effective_at: " + effective);
    }

    private static Path sign(Path laws, String version, String text) throws IOException {
        Path file = Files.writeString(laws.resolve(version + ".yaml"), text);
        assertThat(LawSignature.sign(file, KEY).signer()).isEqualTo(LawSigners.DEVELOPMENT);
        return file;
    }

    /** Lays a version before the shop, as a node that is started with it does. */
    private void announce(Connection database, String version, String text, Instant effective) throws Exception {
        Path file = sign(folder, version, text);
        String[] signature = Files.readString(Path.of(file + ".sig")).strip().split(" ", -1);
        try (PreparedStatement insert = database.prepareStatement("""
                insert into stewardship.law (version, announced_at, effective_at, text, signer, signature)
                values (?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, version);
            insert.setTimestamp(2, Timestamp.from(effective.minus(NOTICE)));
            insert.setTimestamp(3, Timestamp.from(effective));
            insert.setString(4, text);
            insert.setString(5, signature[0]);
            insert.setString(6, signature[1]);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private static Connection database(Path dataDir) throws IOException, SQLException {
        JsonObject world = new JsonObject(Files.readString(dataDir.resolve("world.json")));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + world.getInteger("database_port") + "/sluice",
                world.getString("user"),
                world.getString("password"));
    }

    private static Instant databaseTime(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet time = statement.executeQuery("select clock_timestamp()")) {
            time.next();
            return time.getTimestamp(1).toInstant().truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** How many uses of a time stand under a version alone. */
    private static long stamped(Connection database, String version, Instant after, Instant until) throws SQLException {
        return number(database, "count(*)", version, after, until);
    }

    private static long nodes(Connection database, String version) throws SQLException {
        return number(database, "count(distinct leaf ->> 'node')", version, Instant.EPOCH, END);
    }

    private static long number(Connection database, String what, String version, Instant after, Instant until)
            throws SQLException {
        try (PreparedStatement leaves = database.prepareStatement("select " + what + """
                 from (select at, convert_from(bytes, 'UTF8')::jsonb as leaf from ledger.leaf) l
                where leaf ->> 'kind' in ('use', 'disclosure') and leaf ->> 'policy' = ? and at > ? and at <= ?""")) {
            leaves.setString(1, version);
            leaves.setTimestamp(2, Timestamp.from(after));
            leaves.setTimestamp(3, Timestamp.from(until));
            try (ResultSet found = leaves.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }
}
