package io.sluice.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.LoopbackPort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
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
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs on one data directory, joined by Hazelcast and a mutual-TLS event bus. */
class TwoNodesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ORDERS = 6;
    /** Short, so that a dead node's steps come free soon; in their right order. */
    private static final Map<String, String> SHORT_TIMES = Map.of(
            "SLUICE_PAYMENTS_TIMEOUT", "2s",
            "SLUICE_CARRIERS_TIMEOUT", "2s",
            "SLUICE_BUS_ASK_TIMEOUT", "5s",
            "SLUICE_ORDERS_STEP_LEASE", "11s",
            "SLUICE_SANDBOX_ANSWER_AFTER", "1s");

    @TempDir
    Path folder;

    private final Vertx clock = Vertx.vertx();

    @AfterEach
    void closeClock() throws Exception {
        clock.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void anOrderPlacedAtOneNodeIsCarriedOutAtTheOther() throws Exception {
        Path dataDir = folder.resolve("data");
        int port = LoopbackPort.free();
        try (NodeProcess door = start(dataDir, "door", Map.of(), port, "gateway");
                NodeProcess worker = start(dataDir, "worker", Map.of(), 0, "worker");
                Customer customer = Customer.signedIn(port, door.account("customer1"))) {
            String order = accepted(customer.order("first"));
            await("the order is at its end", () -> isClosed(customer, order));
            assertThat(worker.stop()).isZero();
            assertThat(door.stop()).isZero();
        }
    }

    @Test
    void whatANodeWasCarryingOutWhenItDiedTheOtherFinishes() throws Exception {
        Path dataDir = folder.resolve("data");
        int port = LoopbackPort.free();
        Map<String, String> oneAtATime = new HashMap<>(SHORT_TIMES);
        oneAtATime.put("SLUICE_ORDERS_STEPS_IN_FLIGHT", "1");
        try (NodeProcess survivor = start(dataDir, "survivor", oneAtATime, port, "gateway,worker");
                NodeProcess doomed = start(dataDir, "doomed", SHORT_TIMES, 0, "worker");
                Customer customer = Customer.signedIn(port, survivor.account("customer1"))) {
            List<String> orders = orders(customer);
            // the survivor holds one at most: the rest are with the other
            await("the doomed node carries out steps", () -> stepsUnderWay(dataDir) >= 3);
            doomed.kill();
            assertThat(stepsUnderWay(dataDir))
                    .as("left behind by the dead node")
                    .isGreaterThanOrEqualTo(2);

            for (String order : orders) {
                await("order " + order + " is at its end", () -> isClosed(customer, order));
            }
            assertThat(survivor.stop()).isZero();
        }
        PartnersBooks books = PartnersBooks.read(dataDir);
        assertThat(books.repeated()).isEmpty();
        for (String effect : new String[] {"authorised", "captured", "accepted", "delivered"}) {
            assertThat(books.times(effect)).as(effect).isEqualTo(ORDERS);
            assertThat(books.orders(effect)).as(effect).hasSize(ORDERS);
        }
    }

    private static NodeProcess start(Path dataDir, String name, Map<String, String> environment, int port, String roles)
            throws IOException {
        return NodeProcess.start(
                dataDir, name, environment, "--cluster", "--roles", roles, "--port", Integer.toString(port));
    }

    /** All at once, so that their steps are due at once. */
    private static List<String> orders(Customer customer) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> underWay = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            underWay.add(customer.ordering("order-" + i));
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            HttpResponse<String> answer = underWay.get(i).get(60, TimeUnit.SECONDS);
            for (int again = 0; again < 5 && answer.statusCode() == 503; again++) {
                // a node that has just started may not answer in time, and says that asking again is safe
                answer = customer.ordering("order-" + i).get(60, TimeUnit.SECONDS);
            }
            ids.add(accepted(answer));
        }
        return ids;
    }

    private static String accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("id");
    }

    /** Who asks just when a node has died may be told to ask again. */
    private static boolean isClosed(Customer customer, String order) throws Exception {
        HttpResponse<String> answer = customer.look(order);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
        return answer.statusCode() == 200
                && new JsonObject(answer.body()).getString("state").equals("CLOSED");
    }

    private static int stepsUnderWay(Path dataDir) throws IOException, SQLException {
        return DataServer.of(dataDir)
                .number("select count(*) from commerce.step where done_at is null and lease_until > now()");
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(giveUp);
            clock.timer(50, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
        }
    }
}
