package io.sluice.app.process;

import static io.sluice.app.process.AnnouncedLaw.SHIPPED;
import static io.sluice.app.process.AnnouncedLaw.announce;
import static io.sluice.app.process.AnnouncedLaw.databaseTime;
import static io.sluice.app.process.AnnouncedLaw.named;
import static io.sluice.app.process.AnnouncedLaw.shipped;
import static io.sluice.app.process.AnnouncedLaw.sign;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version of the law that takes effect on two nodes while orders flow through both. */
class LawSwitchIT {

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
                Connection database = DataServer.of(dataDir).connect()) {
            order(customer, "first");
            Instant turn = databaseTime(database).plusSeconds(12);
            String next = "2099-01";
            announce(database, folder, next, named(before, next, turn), turn);
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
        return NodeProcess.start(
                dataDir,
                name,
                AnnouncedLaw.environment(laws),
                "--cluster",
                "--port",
                Integer.toString(port),
                "--roles",
                roles);
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
