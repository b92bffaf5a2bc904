package io.sluice.app.cli;

import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Config;
import io.sluice.app.node.Node;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts a node and keeps it until it is told to stop. */
@Command(
        name = "start",
        description =
                "Starts a node and keeps it until it is told to stop. Without a configuration of one's own: with a"
                        + " database, sandbox partners and demo accounts, on loopback.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Override
    public Integer call() {
        Config config = flags.read();
        Node node = Node.start(config);
        StopOnSignal.of(node);
        PrintWriter out = spec.commandLine().getOut();
        node.shop().ifPresent(shop -> out.println("Sluice listens on " + shop));
        out.println("Health and metrics on " + node.management());
        if (config.developmentTls()) {
            out.println("Clients must trust "
                    + DevelopmentCertificates.of(config.dataDir()).authorityFile(Use.SERVERS));
        }
        node.credentials().ifPresent(file -> out.println("Demo accounts and their passwords: " + file));
        out.flush();
        return node.awaitEnd().clean() ? ExitCode.OK : ExitCode.FAILED;
    }
}
