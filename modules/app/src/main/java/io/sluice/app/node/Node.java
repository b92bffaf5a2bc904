package io.sluice.app.node;

import io.micrometer.core.instrument.Counter;
import io.sluice.app.config.Config;
import io.sluice.app.config.Secret;
import io.sluice.guard.Bus;
import io.sluice.guard.Guard;
import io.sluice.ledger.LedgerCheck;
import io.sluice.ledger.LedgerFigures;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running node. */
public final class Node {

    private static final Logger log = LoggerFactory.getLogger(Node.class);

    private final Config config;
    private final Stages stages;
    private final Wired wired;
    private final Instant startedAt;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();

    private Node(Config config, Stages stages, Wired wired, Instant startedAt) {
        this.config = config;
        this.stages = stages;
        this.wired = wired;
        this.startedAt = startedAt;
    }

    /**
     * Starts a node and returns once it is ready. Blocks; not for an event loop.
     *
     * @throws StartFailed naming the stage; what had started is stopped again
     */
    public static Node start(Config config) {
        return start(config, Guard::new);
    }

    /** The same with a guard of the caller's own making. No part of the product calls this. */
    public static Node start(Config config, Guarding guarding) {
        Stages stages = new Stages();
        Instant startedAt = Instant.now();
        try {
            return new Node(config, stages, new Wiring(config, stages, guarding).wire(), startedAt);
        } catch (RuntimeException e) {
            Ending ending = stages.end(config.node().stopTimeout());
            ending.troubles()
                    .forEach(each -> log.atWarn().addKeyValue("trouble", each).log("start undone uncleanly"));
            throw e;
        }
    }

    /** Where the API is, if this node serves it. */
    public Optional<URI> shop() {
        return wired.shop();
    }

    /** Each method on each path of the API, such as {@code GET /v1/orders/:id}, for comparison with its contract. */
    Set<String> served() {
        return wired.served();
    }

    /** The way to its rooms. */
    Bus bus() {
        return wired.bus();
    }

    /** Where what it keeps rests. */
    Stores stores() {
        return wired.stores();
    }

    /** PEM text of whom a client of the API has to trust, if nobody trusts them anyway. */
    public Optional<String> authority() {
        return wired.authority();
    }

    /** Where health and metrics are. */
    public URI management() {
        return wired.management();
    }

    /** The port of health and metrics. */
    public int managementPort() {
        return wired.management().getPort();
    }

    /** Where the demo accounts' passwords stand, if this is a development node. */
    public Optional<Path> credentials() {
        return config.profile().isDevelopment() ? Optional.of(Seeding.credentials(config.dataDir())) : Optional.empty();
    }

    /** The password of the accounts that the demo registers on this data directory. Made when first asked for. */
    public Secret demoPassword() {
        return new DevelopmentSecrets(config.dataDir()).key("demo.password");
    }

    /** What the ledger and the guard have counted since this node started. Reads the whole ledger. */
    public Future<Books> books() {
        long deliveries = counted("sluice.guard.deliveries");
        long withheld = counted("sluice.guard.withheld");
        return LedgerFigures.since(wired.stores().data(), startedAt)
                .compose(figures -> new LedgerCheck(wired.stores().data())
                        .all()
                        .map(verdicts -> new Books(figures, verdicts, deliveries, withheld)));
    }

    private long counted(String name) {
        return (long) wired.meters().find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Stops the node, waits for work in hand, and says how it ended. Blocks; a second call waits for the first. */
    public Ending stop() {
        if (stopping.compareAndSet(false, true)) {
            log.atInfo().log("stopping");
            Ending how = stages.end(config.node().stopTimeout());
            if (how.clean()) {
                log.atInfo().log("stopped cleanly");
            } else {
                log.atError().addKeyValue("troubles", how.troubles()).log("stopped uncleanly");
            }
            ending.complete(how);
        }
        return ending.join();
    }

    /** Whether it has been stopped already. */
    public boolean hasEnded() {
        return ending.isDone();
    }

    /** Waits until somebody has stopped the node. */
    public Ending awaitEnd() {
        return ending.join();
    }
}
