package io.sluice.load;

import io.sluice.app.cli.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entrance that the launcher takes for {@code ./sluice bench}. */
@Command(name = "sluice", description = "Measures Sluice.", subcommands = BenchCommand.class)
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] arguments) {
        int code = new CommandLine(new Main())
                .setExecutionExceptionHandler((problem, line, parsed) -> failed(problem, line.getErr()))
                .execute(arguments);
        System.exit(code);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    private static int failed(Exception problem, PrintWriter err) {
        err.println("sluice bench: " + problem.getMessage());
        if (!(problem instanceof BenchFailed)) {
            problem.printStackTrace(err);
        }
        return ExitCode.FAILED;
    }
}
