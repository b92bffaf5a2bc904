package io.sluice.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.PolicyConfig;
import io.sluice.kernel.Clause;
import io.sluice.stewardship.policy.LawSignature;
import io.sluice.stewardship.policy.LawSigners;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer who consented to one version of the law, when the next one takes effect on a running node. */
class ConsentRenewalIT {

    private static final Path POLICIES = NodeProcess.REPOSITORY.resolve("config/policy");
    private static final Path KEY = POLICIES.resolve(PolicyConfig.DEVELOPMENT_KEY);
    private static final String PURPOSE = "transaction_verification";
    private static final String NEXT = "2099-01";
    private static final Duration UNTIL_THE_TURN = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final Vertx clock = Vertx.vertx();

    @AfterEach
    void closeClock() throws Exception {
        clock.close().await(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Clause("E3")
    void aConsentDoesNotCoverWhatALaterVersionWidensUntilItIsGivenAnew(boolean widens) throws Exception {
        Path laws = Files.createDirectory(folder.resolve("policy"));
        String before = Files.readString(POLICIES.resolve("2026-11-draft.yaml"))
                .replaceFirst("(" + PURPOSE + ":\\s+basis: )contract", "$1consent");
        sign(laws, "2026-11-draft", before);
        Instant turn = Instant.now().plus(UNTIL_THE_TURN).truncatedTo(ChronoUnit.SECONDS);
        sign(laws, NEXT, next(widens ? widened(before) : before, turn));
        int port = NodeProcess.freePort();
        Map<String, String> environment =
                Map.of("SLUICE_POLICY_DIR", laws.toString(), "SLUICE_POLICY_SIGNERS", KEY.toString());
        try (NodeProcess node = NodeProcess.start(
                        folder.resolve("data"), "node", environment, "--port", Integer.toString(port));
                Customer customer = Customer.signedIn(port, node.account("customer1"))) {
            assertThat(order(customer, "unasked")).as("nobody has said yes").isEqualTo(403);
            assertThat(customer.decide(PURPOSE, true).statusCode()).isEqualTo(200);
            assertThat(order(customer, "first")).isEqualTo(201);
            assertThat(Instant.now()).as("the first order was placed in time").isBefore(turn);

            awaitInForce(customer);
            assertThat(needsRenewal(customer)).isEqualTo(widens);
            assertThat(order(customer, "second")).isEqualTo(widens ? 403 : 201);

            assertThat(customer.decide(PURPOSE, true).statusCode()).isEqualTo(200);
            assertThat(needsRenewal(customer)).isFalse();
            assertThat(order(customer, "third")).isEqualTo(201);
            assertThat(node.stop()).isZero();
        }
    }

    /** The payment provider gets the customer's address as well. */
    private static String widened(String text) {
        String wider = text.replace("opens: [payment.method]", "opens: [payment.method, contact.email]")
                .replace("fields: [payment.method]", "fields: [payment.method, contact.email]")
                .concat("widens: [contract provider.authorise opens contact.email,"
                        + " partner sandbox-provider gets contact.email]\n");
        assertThat(wider).isNotEqualTo(text);
        return wider;
    }

    private static String next(String text, Instant turn) {
        return text.replaceFirst("(?m)^version: .*$", "version: " + NEXT)
                .replaceFirst("(?m)^announced_at: .*$", "announced_at: " + turn.minus(Duration.ofDays(14)))
                .replaceFirst("(?m)^effective_at: .*$", "effective_at: " + turn);
    }

    private static void sign(Path laws, String version, String text) throws IOException {
        Path file = Files.writeString(laws.resolve(version + ".yaml"), text);
        assertThat(LawSignature.sign(file, KEY).signer()).isEqualTo(LawSigners.DEVELOPMENT);
    }

    /** Who asks when everything starts, or while one version follows the other, may be told to ask again. */
    private static int order(Customer customer, String key) throws Exception {
        HttpResponse<String> answer = customer.order(key);
        for (int again = 0; again < 5 && answer.statusCode() == 503; again++) {
            answer = customer.order(key);
        }
        return answer.statusCode();
    }

    private void awaitInForce(Customer customer) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!customer.policyInForce().equals(NEXT)) {
            assertThat(System.nanoTime()).as("in time").isLessThan(giveUp);
            clock.timer(100, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
        }
    }

    private static boolean needsRenewal(Customer customer) throws Exception {
        return new JsonObject(customer.consents().body())
                .getJsonArray("items").stream()
                        .map(JsonObject.class::cast)
                        .filter(entry -> entry.getString("purpose").equals(PURPOSE))
                        .findFirst()
                        .orElseThrow()
                        .getBoolean("needs_renewal");
    }
}
