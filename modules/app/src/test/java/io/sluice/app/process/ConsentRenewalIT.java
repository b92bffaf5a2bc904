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
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer who consented to one version of the law, when the next one takes effect on a running node. */
class ConsentRenewalIT {

    private static final String PURPOSE = "transaction_verification";
    private static final String NEXT = "2099-01";
    private static final Duration UNTIL_THE_TURN = Duration.ofSeconds(8);
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
        String before = shipped().replaceFirst("(" + PURPOSE + ":\\s+basis: )contract", "$1consent");
        assertThat(sign(laws, SHIPPED, before)).exists();
        Path dataDir = folder.resolve("data");
        int port = LoopbackPort.free();
        try (NodeProcess node = NodeProcess.start(
                        dataDir, "node", AnnouncedLaw.environment(laws), "--port", Integer.toString(port));
                Customer customer = Customer.signedIn(port, node.account("customer1"));
                Connection database = DataServer.of(dataDir).connect()) {
            assertThat(order(customer, "unasked")).as("nobody has said yes").isEqualTo(403);
            assertThat(customer.decide(PURPOSE, true).statusCode()).isEqualTo(200);
            assertThat(order(customer, "first")).isEqualTo(201);

            Instant turn = databaseTime(database).plus(UNTIL_THE_TURN);
            announce(database, folder, NEXT, named(widens ? widened(before) : before, NEXT, turn), turn);
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
