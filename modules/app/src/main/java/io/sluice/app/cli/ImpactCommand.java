package io.sluice.app.cli;

import io.sluice.app.config.Config;
import io.sluice.app.node.ImpactReport;
import io.sluice.app.node.Lawbook;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.LawDiff;
import io.sluice.stewardship.policy.LawImpact;
import io.sluice.stewardship.policy.LawImpact.Fate;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a version to come against what the ledger says was really done. */
@Command(
        name = "impact",
        description =
                "Says what a version would have refused, cut or newly granted of what was really delivered, by the"
                        + " ledger of the configured database or of the development node at work on the data directory.",
        mixinStandardHelpOptions = true)
final class ImpactCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Parameters(paramLabel = "VERSION", description = "a version's name, or a file")
    private String version = "";

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "a time in UTC, or a period until now such as P7D; P30D if not given")
    private String since = "P30D";

    @Override
    public Integer call() throws IOException {
        Config config = flags.read();
        Instant now = Instant.now();
        Law before = Lawbook.open(config.policy(), config.profile(), now).inForce();
        Law after = PolicyCommand.law(config.policy().dir(), version);
        ImpactReport report = ImpactReport.of(config, before, after, since(now), now);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s beside %s, over %d leaves since %s%n", version, before.version(), report.leaves(), since(now));
        widenings(out, before, after, report.impact());
        lines(out, report.impact());
        totals(out, "by field", report.impact(), LawImpact.Line::field);
        totals(out, "by purpose", report.impact(), LawImpact.Line::purpose);
        totals(out, "by partner", report.impact(), LawImpact.Line::partner);
        out.flush();
        return ExitCode.OK;
    }

    private Instant since(Instant now) {
        try {
            return since.startsWith("P")
                    ? now.atOffset(ZoneOffset.UTC).minus(Period.parse(since)).toInstant()
                    : Instant.parse(since);
        } catch (DateTimeException notOne) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--since: a time such as 2027-01-01T00:00:00Z, or a period such as P7D",
                    notOne);
        }
    }

    private static void widenings(PrintWriter out, Law before, Law after, LawImpact impact) {
        LawDiff.between(before, after).stream()
                .filter(change -> change.direction() == LawDiff.Direction.WIDENS)
                .forEach(change ->
                        out.println("+ " + change.rule() + (change.detail().isEmpty() ? "" : ": " + change.detail())));
        long along = impact.sums().entrySet().stream()
                .filter(sum -> sum.getKey().fate() == Fate.WIDENED)
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (along > 0) {
            out.println("newly granted fields would have gone along " + along + " times");
        }
    }

    private static void lines(PrintWriter out, LawImpact impact) {
        new TreeMap<>(impact.sums()).forEach((line, count) -> {
            if (line.fate() != Fate.KEPT) {
                out.printf("%8d %-8s %s%n", count, word(line.fate()), words(line));
            }
        });
    }

    private static String words(LawImpact.Line line) {
        String what = line.field().isEmpty() ? "the whole message" : line.how() + " " + line.field();
        return line.contract() + " " + what + " (" + line.purpose()
                + (line.partner().isEmpty() ? "" : ", to " + line.partner()) + ")";
    }

    private static void totals(PrintWriter out, String title, LawImpact impact, Function<LawImpact.Line, String> what) {
        out.println(title);
        impact.by(what).forEach((name, fates) -> {
            StringBuilder words = new StringBuilder();
            fates.forEach((fate, count) ->
                    words.append(' ').append(word(fate)).append(' ').append(count));
            out.printf("  %-28s%s%n", name.isEmpty() ? "-" : name, words);
        });
    }

    private static String word(Fate fate) {
        return fate.name().toLowerCase(java.util.Locale.ROOT);
    }
}
