package io.sluice.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.sluice.app.node.ImpactReport;
import io.sluice.app.node.Lawbook;
import io.sluice.kernel.Clause;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.LawFile;
import io.sluice.stewardship.policy.LawImpact;
import io.sluice.stewardship.policy.LawImpact.Fate;
import io.sluice.stewardship.policy.LawImpact.Line;
import io.sluice.testkit.LoopbackPort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a version to come would have meant, by the very leaves that a running node has written. */
class LawImpactIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final Vertx clock = Vertx.vertx();

    @AfterEach
    void closeClock() throws Exception {
        clock.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    @Clause("E3")
    void aVersionToComeIsHeldAgainstRealLeavesFieldByField() throws Exception {
        Path dataDir = folder.resolve("data");
        int port = LoopbackPort.free();
        Instant before = Instant.now();
        try (NodeProcess node = NodeProcess.start(dataDir, "node", Map.of(), "--port", Integer.toString(port));
                Customer customer = Customer.signedIn(port, node.account("customer1"))) {
            String order = new JsonObject(placed(customer)).getString("id");
            awaitClosed(customer, order);

            ImpactReport same = report(dataDir, law(text()), before, Instant.now());
            assertThat(same.leaves()).isPositive();
            assertThat(same.impact().sums().keySet()).allMatch(line -> line.fate() == Fate.KEPT);

            LawImpact impact =
                    report(dataDir, law(changed(text())), before, Instant.now()).impact();
            assertThat(impact.sums())
                    .as("the carrier loses the city, and keeps the rest")
                    .containsEntry(dispatch("delivery.city", Fate.CUT), 1L)
                    .containsEntry(dispatch("delivery.name", Fate.KEPT), 1L)
                    .as("the provider would have had the address as well")
                    .containsEntry(
                            new Line(
                                    "provider.authorise",
                                    "transaction_verification",
                                    "sandbox-provider",
                                    "contact.email",
                                    "opens",
                                    Fate.WIDENED),
                            1L);
            assertThat(impact.by(Line::partner).get("sandbox-carrier")).containsEntry(Fate.CUT, 1L);
            assertThat(report(dataDir, law(changed(text())), Instant.EPOCH, before)
                            .leaves())
                    .as("before that there was nothing")
                    .isZero();
            assertThat(node.stop()).isZero();
        }
    }

    private static Line dispatch(String field, Fate fate) {
        return new Line("carrier.dispatch", "shipment", "sandbox-carrier", field, "opens", fate);
    }

    private static ImpactReport report(Path dataDir, Law after, Instant since, Instant until) throws IOException {
        Config config = Config.read(
                Map.of("data_dir", new Config.Flag("--data-dir", dataDir.toString())),
                Map.of(),
                Optional.empty(),
                NodeProcess.REPOSITORY);
        Law before = Lawbook.open(config.policy(), config.profile(), until).inForce();
        return ImpactReport.of(config, before, after, since, until);
    }

    private static String text() throws IOException {
        return Files.readString(NodeProcess.REPOSITORY.resolve("config/policy/2026-11-draft.yaml"));
    }

    private static String changed(String text) {
        String changed = text.replaceFirst("(carrier\\.dispatch:(?s:.*?)delivery\\.line2), delivery\\.city", "$1")
                .replace("opens: [payment.method]", "opens: [payment.method, contact.email]")
                .replace("fields: [payment.method]", "fields: [payment.method, contact.email]");
        assertThat(changed).isNotEqualTo(text);
        return changed;
    }

    private static Law law(String text) throws Exception {
        return LawFile.alone("2026-11-draft.yaml", text);
    }

    private static String placed(Customer customer) throws Exception {
        HttpResponse<String> answer = customer.order("first");
        for (int again = 0; again < 5 && answer.statusCode() == 503; again++) {
            // a node that has just started may not answer in time, and says that asking again is safe
            answer = customer.order("first");
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.body();
    }

    private void awaitClosed(Customer customer, String order) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!new JsonObject(customer.look(order).body()).getString("state").equals("CLOSED")) {
            assertThat(System.nanoTime()).as("in time").isLessThan(giveUp);
            clock.timer(100, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
        }
    }
}
