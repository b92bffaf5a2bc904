package io.sluice.app.node;

import io.sluice.app.config.Config;
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
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();

    private Node(Config config, Stages stages, Wired wired) {
        this.config = config;
        this.stages = stages;
        this.wired = wired;
    }

    /**
     * Starts a node and returns once it is ready. Blocks; not for an event loop.
     *
     * @throws StartFailed naming the stage; what had started is stopped again
     */
    public static Node start(Config config) {
        Stages stages = new Stages();
        try {
            return new Node(config, stages, new Wiring(config, stages).wire());
        } catch (RuntimeException e) {
            Ending ending = stages.end(config.node().stopTimeout());
            ending.troubles()
                    .forEach(each -> log.atWarn().addKeyValue("trouble", each).log("start undone uncleanly"));
            throw e;
        }
    }

    /** Where what was asked to take a free port listens. */
    public int managementPort() {
        return wired.managementPort();
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

    /** Waits until somebody has stopped the node. */
    public Ending awaitEnd() {
        return ending.join();
    }
}
