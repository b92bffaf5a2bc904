package io.sluice.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.sluice.app.demo.Demo;
import io.sluice.app.demo.DemoResult;
import io.sluice.app.node.LedgerNames;
import io.sluice.app.node.Node;
import io.sluice.kernel.Clause;
import io.sluice.ledger.Pseudonyms;
import io.sluice.testkit.LoopbackPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's thousand orders against a node that is killed ten times at random moments, its sandbox partners with it, every
 * second time together with its database. A storefront that gets no answer asks again with the same key.
 */
class KilledNodeIT {

    private static final int ROUNDS = 10;
    /** A round's node lives until its partners have done so much more at most: the demo has some 5,300 effects outside. */
    private static final int MOST_EFFECTS = 400;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeClient() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    @Clause({"C2", "C3"})
    void everyAcceptedOrderReachesItsEndAndNoPartnerDoesAnythingTwice() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path dataDir = folder.resolve("data");
        int port = LoopbackPort.free();
        NodeProcess node = start(dataDir, port);
        try {
            CountDownLatch ordersAreSent = new CountDownLatch(1);
            Future<DemoResult> demo = demo(node, port, ordersAreSent);
            assertThat(ordersAreSent.await(120, TimeUnit.SECONDS)).isTrue();
            int killedAtWork = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                int effects = random.nextInt(1, MOST_EFFECTS);
                awaitEffects(dataDir, effects);
                boolean withDatabase = round % 2 == 0;
                if (!demo.isComplete()) {
                    killedAtWork++;
                }
                if (withDatabase) {
                    node.killDatabase();
                }
                node.kill();
                System.out.println("round " + round + ": killed after " + effects + " effects outside"
                        + (withDatabase ? ", with its database" : ""));
                node = start(dataDir, port);
            }
            DemoResult result = demo.await(300, TimeUnit.SECONDS);

            assertThat(killedAtWork)
                    .as("rounds in which there was something to lose")
                    .isEqualTo(ROUNDS);
            assertThat(wrong(result))
                    .as("orders that ended otherwise than their lines say")
                    .isEmpty();
            assertThat(node.stop()).as("exit code of the last stop").isZero();
            assertBooksShowEachEffectOnce(result, PartnersBooks.read(dataDir));
        } finally {
            node.close();
        }
        assertLedgerVerifiesAndHoldsEachDelivery(dataDir, PartnersBooks.read(dataDir));
    }

    /** Waits until the partners' books have grown by so many lines. */
    private void awaitEffects(Path dataDir, int more) throws Exception {
        long before = PartnersBooks.lines(dataDir);
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (PartnersBooks.lines(dataDir) < before + more) {
            assertThat(System.nanoTime())
                    .as("the partners hear of nothing more")
                    .isLessThan(giveUp);
            vertx.timer(5, TimeUnit.MILLISECONDS).await(30, TimeUnit.SECONDS);
        }
    }

    /**
     * What went wrong; but not that a cancellation, kept from arriving by a dead node, came too late: the customer was told so,
     * and got the parcel.
     */
    private static Map<Integer, String> wrong(DemoResult result) {
        Map<Integer, String> wrong = new TreeMap<>(result.wrong());
        wrong.values()
                .removeIf(what -> what.contains("order.not-cancellable")
                        && what.endsWith("stayed at CLOSED, captured, delivered"));
        return wrong;
    }

    private static void assertBooksShowEachEffectOnce(DemoResult result, PartnersBooks books) {
        assertThat(books.repeated()).isEmpty();
        for (String effect : new String[] {"authorised", "captured", "voided", "refunded", "accepted", "delivered"}) {
            assertThat(books.times(effect))
                    .as(effect)
                    .isEqualTo(books.orders(effect).size());
        }
        long refunded = ended(result, "refunded");
        assertThat(books.times("captured")).isEqualTo(ended(result, ", captured,") + refunded);
        assertThat(books.times("refunded")).isEqualTo(refunded);
        assertThat(books.times("voided")).isEqualTo(ended(result, ", voided,"));
        assertThat(books.times("accepted")).isEqualTo(ended(result, ", delivered"));
        assertThat(books.times("delivered")).isEqualTo(ended(result, ", delivered"));
    }

    /** How many accepted orders came to rest in a state that reads so. */
    private static long ended(DemoResult result, String part) {
        return result.ends().entrySet().stream()
                .filter(end -> end.getKey().contains(part))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void assertLedgerVerifiesAndHoldsEachDelivery(Path dataDir, PartnersBooks books) throws Exception {
        Config config = Config.read(
                Map.of(
                        "data_dir", new Config.Flag("--data-dir", dataDir.toString()),
                        "http.port", new Config.Flag("--port", "0"),
                        "management.port", new Config.Flag("--management-port", "0")),
                Map.of(),
                Optional.empty(),
                NodeProcess.REPOSITORY);
        Node node = Node.start(config);
        try {
            assertThat(node.books().await(60, TimeUnit.SECONDS).isSound()).isTrue();
            DataServer data = DataServer.of(dataDir);
            Pseudonyms names = LedgerNames.of(config);
            assertLeavesOfAll(data.texts("select id from commerce.orders"), names, data, "order.place", "use");
            assertLeavesOfAll(books.orders("authorised"), names, data, "provider.authorise", "disclosure");
            assertLeavesOfAll(books.orders("accepted"), names, data, "carrier.dispatch", "disclosure");
        } finally {
            assertThat(node.stop().troubles()).isEmpty();
        }
    }

    /** Whether what was delivered for each of these orders has a leaf, of this contract and kind. */
    private static void assertLeavesOfAll(
            Set<String> orders, Pseudonyms names, DataServer data, String contract, String kind) throws SQLException {
        Set<String> logged = data.texts(
                "select leaf ->> 'record' from (select convert_from(bytes, 'UTF8')::jsonb as leaf from ledger.leaf)"
                        + " as leaves where leaf ->> 'contract' = '" + contract + "' and leaf ->> 'kind' = '" + kind
                        + "'");
        assertThat(orders).as("orders of " + contract).isNotEmpty();
        assertThat(orders)
                .as("deliveries of " + contract + " without a leaf")
                .allMatch(order -> logged.contains(names.record(UUID.fromString(order))));
    }

    private static NodeProcess start(Path dataDir, int port) throws IOException {
        return NodeProcess.start(dataDir, "node", Map.of(), "--port", Integer.toString(port));
    }

    private Future<DemoResult> demo(NodeProcess node, int port, CountDownLatch ordersAreSent) throws IOException {
        return new Demo(
                        vertx,
                        URI.create("http://127.0.0.1:" + port),
                        Optional.empty(),
                        NodeProcess.REPOSITORY.resolve("config/demo"),
                        node.account("support"),
                        "a password of the demo's customers",
                        line -> {
                            System.out.println("  " + line);
                            if (line.startsWith("sending")) {
                                ordersAreSent.countDown();
                            }
                        })
                .run();
    }
}
