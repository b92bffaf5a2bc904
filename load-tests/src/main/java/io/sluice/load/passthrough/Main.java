package io.sluice.load.passthrough;

import io.sluice.app.cli.ExitCode;
import io.sluice.app.cli.StopOnSignal;
import io.sluice.app.config.Config;
import io.sluice.app.node.Node;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The entrance of a node behind an open gate. It is configured by its environment, and says where it listens as any node does. */
public final class Main {

    /** Set by the launcher: the folder that holds it. */
    private static final String HOME = "sluice.home";

    private Main() {}

    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty(HOME, "")).toAbsolutePath().normalize();
        Node node = PassThrough.start(Config.read(Map.of(), System.getenv(), Optional.empty(), home));
        StopOnSignal.of(node);
        node.shop().ifPresent(shop -> System.out.println("Sluice listens on " + shop));
        System.exit(node.awaitEnd().clean() ? ExitCode.OK : ExitCode.FAILED);
    }
}
