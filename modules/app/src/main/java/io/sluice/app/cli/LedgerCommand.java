package io.sluice.app.cli;

import io.sluice.app.config.Config;
import io.sluice.app.node.LedgerTool;
import io.sluice.app.receipt.ReceiptCheck;
import io.sluice.ledger.log.FileSink;
import io.sluice.ledger.log.LogCheck;
import io.sluice.ledger.log.LogName;
import io.sluice.ledger.log.SignedHead;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be proved of the ledger, and disproved. */
@Command(
        name = "ledger",
        description = "Checks the ledger of uses, and receipts of orders.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class LedgerCommand implements Runnable {

    private static final long ENTRIES_BETWEEN_LINES = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: verify, receipt or reopen?");
    }

    @Command(
            name = "verify",
            description = {
                "Recomputes the whole ledger of a node that runs or does not, and names everything that is wrong.",
                "Heads that were kept elsewhere show whether all of it was rewritten; without them nothing can."
            },
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin StoresFlags flags,
            @Option(names = "--head", paramLabel = "FILE", description = "heads that were kept, one a line") @Nullable Path head)
            throws IOException {
        Quiet.please();
        Config whole = flags.read();
        List<SignedHead> kept = head == null ? List.of() : FileSink.heads(head);
        PrintWriter out = spec.commandLine().getOut();
        LogCheck.Report report = LedgerTool.verify(whole, kept, done -> {
            if (done % ENTRIES_BETWEEN_LINES == 0) {
                out.println("  " + done + " entries");
                out.flush();
            }
        });
        report.findings().forEach(finding -> out.println("WRONG  " + finding.text()));
        if (report.unnamed() > 0) {
            out.println("WRONG  and " + report.unnamed() + " more");
        }
        out.printf(
                "%d leaves in %d entries under %d signed heads; %d leaves not sealed yet; held against %d kept heads%n",
                report.leaves(), report.entries(), report.heads(), report.notSealed(), report.kept());
        if (kept.isEmpty()) {
            out.println("no kept head was given (--head): that all of it was rewritten would not show");
        }
        out.println(report.isSound() ? "the ledger is sound" : "the ledger is NOT as it was signed");
        out.flush();
        return report.isSound() ? ExitCode.OK : ExitCode.FAILED;
    }

    @Command(
            name = "reopen",
            description = {
                "After a restore: goes on with the log of this database under a new name.",
                "A database that was put back to an earlier state seals nothing, because its heads would contradict those that"
                        + " were kept elsewhere. Bring it up to date first; what was signed and is gone stays a finding of verify."
            },
            mixinStandardHelpOptions = true)
    int reopen(@Mixin StoresFlags flags) {
        Quiet.please();
        LogName.Renewed renewed = LedgerTool.reopen(flags.read());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "the log of %d entries was %s, and goes on as %s%n",
                renewed.entries(), renewed.former(), renewed.name());
        out.println(
                "tell whoever keeps its heads: those of the former name beyond that size are of a log that is gone");
        out.flush();
        return ExitCode.OK;
    }

    @Command(
            name = "receipt",
            description = "Checks a receipt offline: GET /v1/orders/ID/receipt.",
            mixinStandardHelpOptions = true)
    int receipt(
            @Parameters(paramLabel = "FILE", description = "the receipt") Path file,
            @Option(names = "--head", paramLabel = "FILE", description = "heads that were kept, one a line") @Nullable Path head)
            throws IOException {
        List<String> kept = head == null ? List.of() : ReceiptCheck.kept(Files.readString(head));
        ReceiptCheck.Result result = ReceiptCheck.check(Files.readString(file), kept);
        PrintWriter out = spec.commandLine().getOut();
        result.problems().forEach(problem -> out.println("WRONG  " + problem));
        out.printf(
                "order %s: %d leaves, signed by key %s at %s%n",
                result.order(), result.leaves(), result.key(), result.time());
        if (kept.isEmpty()) {
            out.println("no kept head was given (--head): that the key is the shop's is the receipt's own word");
        } else if (!result.isPinned()) {
            out.println("the key is that of the kept heads; this very head is not among them");
        }
        out.println(
                "whether that count was the newest then, the shop's auditor sees: ./sluice ledger verify; a receipt of yours"
                        + " that is older and counts more would show that it was not");
        out.println(result.holds() ? "the receipt holds" : "the receipt does NOT hold");
        out.flush();
        return result.holds() ? ExitCode.OK : ExitCode.FAILED;
    }
}
