package io.sluice.app.cli;

import io.sluice.app.config.Config;
import io.sluice.app.node.Node;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts a node and keeps it until it is told to stop. */
@Command(
        name = "start",
        description = "Starts a node. Without a configuration of one's own: with a database, sandbox partners and demo"
                + " accounts, on loopback.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Override
    public Integer call() {
        Config config = flags.read();
        Node node = Node.start(config);
        StopOnSignal.of(node);
        return node.awaitEnd().clean() ? ExitCode.OK : ExitCode.FAILED;
    }
}
