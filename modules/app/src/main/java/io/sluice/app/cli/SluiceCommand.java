package io.sluice.app.cli;

import io.sluice.app.config.ConfigRefused;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command of commands. */
@Command(
        name = "sluice",
        description = "Order processing in which no handler sees a field that it does not need.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StartCommand.class,
            DemoCommand.class,
            SandboxCommand.class,
            PolicyCommand.class,
            CertificatesCommand.class,
            KeysCommand.class,
            LedgerCommand.class,
            RestoreCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0   done; a node that was told to stop did so cleanly",
            "  1   failed, or did not end as it should",
            "  2   the command line was not understood",
            "  78  the configuration cannot be used; every problem is named",
        })
public final class SluiceCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private SluiceCommand() {}

    /** Runs one command line to its end; its result is the exit code. */
    public static int execute(String... arguments) {
        return new CommandLine(new SluiceCommand())
                .setExecutionExceptionHandler((problem, line, parsed) -> failed(problem, line))
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    private static int failed(Exception problem, CommandLine line) {
        PrintWriter err = line.getErr();
        if (problem instanceof ConfigRefused refused) {
            err.println(refused.getMessage());
            return ExitCode.CONFIG;
        }
        boolean isStart = line.getParent() != null && line.getParent().getParent() == null;
        err.println(
                (isStart ? "Sluice does not start: " : "sluice " + line.getCommandName() + ": ") + inWords(problem));
        if (!isOfTheMachine(problem)) {
            problem.printStackTrace(err);
        }
        return ExitCode.FAILED;
    }

    private static String inWords(Throwable problem) {
        String own = String.valueOf(problem.getMessage());
        Throwable cause = problem.getCause();
        return cause == null || own.contains(String.valueOf(cause.getMessage())) ? own : own + ": " + inWords(cause);
    }

    /** A port in use, a disk that is full: words say it all. Anything else may be a fault of ours, and needs its trace. */
    private static boolean isOfTheMachine(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof IOException;
    }
}
