package io.sluice.load;

import io.sluice.app.cli.ExitCode;
import io.sluice.load.decide.DecideReport;
import io.sluice.load.decide.DecideRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the command line, and says how the run ended. */
@Command(
        name = "bench",
        description =
                "Measures accepted checkouts per second over HTTP beside pgbench on the same durable server, in turns, and"
                        + " prints their ratios. Needs pgbench 14 or newer, and nothing else at work on the machine. Ends with 0"
                        + " only if every check held and Sluice took at least as many orders as bare SQL.",
        showDefaultValues = true)
final class BenchCommand implements Callable<Integer> {

    /** Set by the launcher: the folder that holds it. */
    private static final String HOME = "sluice.home";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and exit")
    private boolean isHelpWanted;

    @Option(
            names = "--decide",
            description =
                    "measure one decision of the privacy kernel and the view made of it instead (P5): needs neither"
                            + " pgbench nor a database; --rounds says how many JVMs, one after the other",
            showDefaultValue = Visibility.NEVER)
    private boolean isDecideWanted;

    @Option(
            names = "--enforcement",
            description =
                    "measure instead what enforcement costs (P4): the node beside the same node behind an open gate,"
                            + " in turns; needs no pgbench, and ends with 0 only if every check held and the node kept 0.95 of"
                            + " the orders",
            showDefaultValue = Visibility.NEVER)
    private boolean isEnforcementWanted;

    @Option(
            names = "--webhooks",
            description =
                    "measure instead how long partners wait for the answer to a callback while the workers are saturated,"
                            + " beside how long they wait at rest; needs no pgbench, and ends with 0 only if every check held and"
                            + " the saturated p99 is below a second",
            showDefaultValue = Visibility.NEVER)
    private boolean areWebhooksWanted;

    @Option(names = "--callbacks", paramLabel = "N", description = "callbacks a second, with --webhooks")
    private int callbacks = 200;

    @Option(names = "--rounds", paramLabel = "N", description = "turns of each; their median counts")
    private int rounds = 3;

    @Option(names = "--seconds", paramLabel = "N", description = "measured in each turn")
    private int seconds = 20;

    @Option(names = "--warm-up", paramLabel = "N", description = "seconds before each measured window")
    private int warmUp = 10;

    @Option(names = "--subjects", paramLabel = "N", description = "persons in the store")
    private int subjects = 100_000;

    @Option(names = "--token-subjects", paramLabel = "N", description = "of these, evenly spread, place orders")
    private int buyers = 20_000;

    @Option(names = "--skus", paramLabel = "N", description = "products on the shelves")
    private int skus = 10_000;

    @Option(names = "--connections", paramLabel = "N", description = "HTTP connections, one request in flight on each")
    private int connections = 256;

    @Option(names = "--batch", paramLabel = "N", description = "orders in one transaction of the batched pgbench")
    private int batch = 64;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "key of the node's configuration; may be repeated",
            showDefaultValue = Visibility.NEVER)
    private Map<String, String> node = new LinkedHashMap<>();

    @Option(names = "--data-dir", paramLabel = "DIR", description = "new or empty, and kept; else a temporary one")
    private @Nullable Path dataDir;

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = "record the node's rounds, and name its hottest frames")
    private @Nullable Path profile;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        requirePositive();
        // this process only watches; what the node logs is in its own log
        if (System.getProperty("sluice.log") == null) {
            System.setProperty("sluice.log", "WARN");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (isDecideWanted) {
            return decide(out);
        }
        Consumer<String> lines = line -> {
            out.println(line);
            out.flush();
        };
        String pgbench = isEnforcementWanted || areWebhooksWanted ? "" : Pgbench.requireInstalled();
        Path folder = dataDir == null ? ownDirectory() : requireEmpty(dataDir.toAbsolutePath());
        boolean isGood = run(settings(folder), pgbench, lines);
        if (dataDir == null && isGood) {
            Folders.delete(folder);
        } else {
            out.println("data and logs are kept in " + folder);
        }
        return isGood ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean run(BenchSettings settings, String pgbench, Consumer<String> lines)
            throws IOException, InterruptedException {
        if (isEnforcementWanted) {
            return new EnforcementBench(settings, lines).run();
        }
        return areWebhooksWanted
                ? new WebhookBench(settings, callbacks, lines).run()
                : new Bench(settings, pgbench, lines).run();
    }

    private int decide(PrintWriter out) throws IOException {
        Rig.machine().forEach(out::println);
        out.flush();
        DecideReport report = DecideRun.inJvmsOfTheirOwn(home(), rounds).report();
        report.lines().forEach(out::println);
        return report.isGood() ? ExitCode.OK : ExitCode.FAILED;
    }

    private BenchSettings settings(Path folder) {
        return new BenchSettings(
                home(),
                folder,
                Optional.ofNullable(profile).map(Path::toAbsolutePath),
                rounds,
                seconds,
                warmUp,
                subjects,
                skus,
                buyers,
                connections,
                batch,
                node);
    }

    private void requirePositive() {
        if (Stream.of(isDecideWanted, isEnforcementWanted, areWebhooksWanted)
                        .filter(wanted -> wanted)
                        .count()
                > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--decide, --enforcement and --webhooks are one measurement each.");
        }
        boolean isSmall = Stream.of(rounds, seconds, subjects, skus, buyers, connections, batch, callbacks)
                .anyMatch(n -> n < 1);
        if (isSmall || warmUp < 0 || buyers > subjects || connections > buyers || batch >= subjects) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Every number must be positive, --token-subjects and --batch below --subjects, and --connections"
                            + " at most --token-subjects.");
        }
    }

    private static Path home() {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw new BenchFailed("run it by the launcher: ./sluice bench");
        }
        return Path.of(home).toAbsolutePath().normalize();
    }

    /** Beside the build and not under /tmp, which is memory on some systems: a durable server needs a disk. */
    private static Path ownDirectory() throws IOException {
        Path parent = Files.createDirectories(home().resolve("load-tests").resolve("target"));
        return Files.createTempDirectory(parent, "bench-");
    }

    private Path requireEmpty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    throw new ParameterException(
                            spec.commandLine(), "--data-dir: " + folder + " is not empty; a run begins with nothing.");
                }
            }
        }
        return folder;
    }
}
