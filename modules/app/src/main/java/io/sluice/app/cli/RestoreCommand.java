package io.sluice.app.cli;

import io.sluice.app.config.Config;
import io.sluice.app.node.Restoration;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What has to be done with a database that was restored. */
@Command(
        name = "restore",
        description = "Brings a restored database up to date with what was kept elsewhere.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class RestoreCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: reconcile?");
    }

    @Command(
            name = "reconcile",
            description = {
                "Applies to the restored database every erasure, withdrawal and loss of a role that a second sink has",
                "kept and the database has forgotten, and ends all sessions. Until then no node starts on it. The keys",
                "are never restored: old data, and today's keys. May be run again."
            },
            mixinStandardHelpOptions = true)
    int reconcile(
            @Mixin StoresFlags flags,
            @Option(
                            names = "--from",
                            paramLabel = "FILE",
                            description = "what was kept, one notice a line (ledger.second_sink.file)")
                    @Nullable Path from) {
        Quiet.please();
        Config config = flags.read();
        Path file = from == null ? Restoration.file(config).orElseThrow(this::needsFile) : from;
        Restoration.Report report = Restoration.reconcile(config, file);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%d changes that took something away were kept in %s; the database had forgotten %d of them, %d about"
                        + " persons whom it knows.%n",
                report.kept(), file, report.told(), report.applied());
        out.printf("%d sessions ended: everybody signs in anew.%n", report.sessions());
        out.println("The database is told. What was granted in the time that was lost has to be granted anew.");
        out.flush();
        return ExitCode.OK;
    }

    private ParameterException needsFile() {
        return new ParameterException(
                spec.commandLine(), "No second sink is a file: name what was kept by --from FILE");
    }
}
