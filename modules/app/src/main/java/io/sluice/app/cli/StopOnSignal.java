package io.sluice.app.cli;

import io.sluice.app.node.Ending;
import io.sluice.app.node.Node;

/** Stops a node when the process is told to end (SIGTERM, SIGINT), and ends the process with the matching code. */
public final class StopOnSignal {

    private StopOnSignal() {}

    public static void of(Node node) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "sluice-stop"));
    }

    private static void stop(Node node) {
        if (node.hasEnded()) {
            // the command is over and leaves with a code of its own
            return;
        }
        Ending ending = node.stop();
        ending.troubles().forEach(each -> System.err.println("Sluice: " + each));
        // a stop that was asked for and went well is a success, whatever the signal
        Runtime.getRuntime().halt(ending.clean() ? ExitCode.OK : ExitCode.FAILED);
    }
}
