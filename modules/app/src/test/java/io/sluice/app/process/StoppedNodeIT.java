package io.sluice.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.testkit.LoopbackPort;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes carry out a person's orders. One of them is stopped by SIGSTOP, at another moment of the orders' way in each round;
 * the person withdraws the consent that parcels rest on, at the other node; and only when that has been answered, long after
 * every lease, the stopped node goes on with all that it had in hand. Nothing of that goes out, but for a parcel that was past its
 * last look at the permit, if the signal hit just there.
 *
 * <p>Moments between two statements of one node, which no signal hits reliably, are {@code LapsedPermitTest}'s and {@code
 * ConsentFenceIT}'s.
 */
class StoppedNodeIT {

    private static final int ROUNDS = 8;
    private static final int ORDERS = 8;
    /** Effects outside, from one round's moment of stopping to the next: together they span the way from checkout to capture. */
    private static final int EFFECTS = 3;

    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SHIPMENT = "shipment";
    private static final Map<String, String> SHORT_TIMES = Map.of(
            "SLUICE_SUBJECTS_LEASE", LEASE.toSeconds() + "s",
            "SLUICE_PAYMENTS_TIMEOUT", "2s",
            "SLUICE_CARRIERS_TIMEOUT", "2s",
            "SLUICE_BUS_ASK_TIMEOUT", "5s",
            "SLUICE_ORDERS_STEP_LEASE", "11s",
            "SLUICE_SANDBOX_ANSWER_AFTER", "100ms");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Vertx clock = Vertx.vertx();

    @AfterEach
    void closeClock() throws Exception {
        clock.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    @Clause("D5")
    void afterAWithdrawalHasReturnedAStoppedNodeThatGoesOnDisclosesNothing() throws Exception {
        Path dataDir = folder.resolve("data");
        int port = LoopbackPort.free();
        Map<String, String> oneAtATime = new HashMap<>(SHORT_TIMES);
        oneAtATime.put("SLUICE_ORDERS_STEPS_IN_FLIGHT", "1");
        try (NodeProcess door = start(dataDir, "door", oneAtATime, port, "gateway,worker");
                Customer customer = Customer.signedIn(port, door.account("customer1"));
                NodeProcess stopped = start(dataDir, "stopped", SHORT_TIMES, 0, "worker")) {
            DataServer data = DataServer.of(dataDir);
            int inHand = 0;
            // One thread sends. Between its last look at the permit and its write no clock can be read; what stood
            // there comes out.
            long inTheGap = 0;
            long allowedBefore = 0;
            for (int round = 0; round < ROUNDS; round++) {
                say(customer, true);
                // a consent takes effect on the other node when its lease of the row before is over
                clock.timer(2 * LEASE.toMillis(), TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
                long effects = PartnersBooks.lines(dataDir) + (long) round * EFFECTS;
                List<CompletableFuture<HttpResponse<String>>> orders = order(customer, round);
                await(
                        "the partners have done so much, or there is nothing more to do",
                        () -> PartnersBooks.lines(dataDir) >= effects
                                || orders.stream().allMatch(CompletableFuture::isDone) && openSteps(data) == 0);
                stopped.halt();
                inHand +=
                        data.number("select count(*) from commerce.step where done_at is null and lease_until > now()");
                say(customer, false);
                long allowed = allowedParcels(data);
                long accepted = PartnersBooks.read(dataDir).times("accepted");

                stopped.goOn();
                for (CompletableFuture<HttpResponse<String>> order : orders) {
                    assertThat(order.get(60, TimeUnit.SECONDS).statusCode()).isIn(201, 403, 503);
                }
                await("nothing is under way", () -> openSteps(data) == 0);

                String when = "round " + round + ", after the withdrawal had returned: ";
                assertThat(allowedParcels(data)).as(when + "parcels allowed").isEqualTo(allowed);
                long told = PartnersBooks.read(dataDir).times("accepted") - accepted;
                System.out.println(when + told + " parcels");
                inTheGap += told;
                System.out.println("round " + round + ": " + (allowed - allowedBefore) + " parcels allowed before");
                allowedBefore = allowed;
            }
            assertThat(allowedBefore)
                    .as("parcels that went out while they were allowed")
                    .isPositive();
            assertThat(inTheGap)
                    .as("parcels that the carrier was told of after a withdrawal had returned")
                    .isLessThanOrEqualTo(1);
            assertThat(inHand).as("steps in hand when their node was stopped").isPositive();
            for (NodeProcess node : List.of(door, stopped)) {
                assertThat(node.metric("sluice_consent_late_decisions_total")).isZero();
            }
            assertThat(stopped.stop()).isZero();
            assertThat(door.stop()).isZero();
        }
    }

    private static NodeProcess start(Path dataDir, String name, Map<String, String> environment, int port, String roles)
            throws Exception {
        return NodeProcess.start(
                dataDir, name, environment, "--cluster", "--roles", roles, "--port", Integer.toString(port));
    }

    private static List<CompletableFuture<HttpResponse<String>>> order(Customer customer, int round) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> underWay = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            underWay.add(customer.ordering("round-" + round + "-order-" + i));
        }
        return underWay;
    }

    /** A request that was given to the stopped node is answered with 503 after a while, and asked again. */
    private void say(Customer customer, boolean granted) throws Exception {
        await("a consent is given or withdrawn", () -> {
            HttpResponse<String> answer = customer.decide(SHIPMENT, granted);
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
            return answer.statusCode() == 200;
        });
    }

    /** But for the end of an authorisation: a parcel that is held has days until then. */
    private static int openSteps(DataServer data) throws SQLException {
        return data.number("select count(*) from commerce.step where done_at is null and kind <> 'LAPSE'");
    }

    /** Leaves that let something of the person's be used for a parcel. */
    private static long allowedParcels(DataServer data) throws SQLException {
        return data.number("""
                select count(*) from ledger.leaf
                where convert_from(bytes, 'UTF8')::jsonb @> '{"purpose": "shipment", "decision": "permit"}'""");
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(giveUp);
            clock.timer(20, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
        }
    }
}
