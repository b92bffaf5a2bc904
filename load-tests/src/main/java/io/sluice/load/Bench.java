package io.sluice.load;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One run, from an empty directory to the report. */
final class Bench {

    /** Of baseline clients before their window: they have nothing to compile, only plans and caches to fill. */
    private static final int BASELINE_WARM_UP = 3;

    private final BenchSettings settings;
    private final String pgbench;
    private final Consumer<String> out;

    /** @param pgbench which one is installed */
    Bench(BenchSettings settings, String pgbench, Consumer<String> out) {
        this.settings = settings;
        this.pgbench = pgbench;
        this.out = out;
    }

    /** Whether every check held, and bare SQL took no more orders than we did. */
    boolean run() throws IOException, InterruptedException {
        Path data = settings.dataDir().resolve("data");
        Files.createDirectories(settings.dataDir());
        out.accept("starting a node in " + data);
        NodeProcess node =
                NodeProcess.launched(settings.home(), data, settings.dataDir().resolve("node.log"), settings.node());
        Vertx vertx = Ours.vertx();
        return new BenchRun(settings, List.of(node), List.of(vertx), out)
                .carryOut(
                        data,
                        List.of("pgbench     " + pgbench),
                        () -> measure(Stand.filled(node, data, settings, settings.profile(), vertx, out)));
    }

    private Report measure(Stand stand) throws IOException, InterruptedException, SQLException, TimeoutException {
        Ours ours = stand.ours();
        Server server = stand.server();
        out.accept("warming up: " + Math.max(settings.warmUp(), BASELINE_WARM_UP) + " s of orders");
        Turn first = ours.take(0, Math.max(settings.warmUp(), BASELINE_WARM_UP), 0);
        List<UUID> accepted = new ArrayList<>(first.accepted());
        OrderWidths widths = OrderWidths.measured(server);
        Baseline baseline = Baseline.prepare(server, settings.dataDir().resolve("scripts"), settings, widths);
        List<Round> rounds = new ArrayList<>();
        for (int i = 1; i <= settings.rounds(); i++) {
            Round round = round(i, ours, baseline);
            rounds.add(round);
            accepted.addAll(round.ours().accepted());
            out.accept("round " + i + ": " + round);
        }
        out.accept("checking " + accepted.size() + " accepted orders");
        List<String> findings = new ArrayList<>(new OrderCheck(server, Server.DATA).findings(accepted));
        findings.addAll(first.troublesOfWarmUp());
        long resident = Rig.resident(stand.node().pid());
        return new Report(rounds, widths, findings, resident, ours.profile());
    }

    private Round round(int number, Ours ours, Baseline baseline)
            throws IOException, InterruptedException, SQLException, TimeoutException {
        int seconds = settings.seconds();
        long begun = System.nanoTime();
        CpuClock before = ours.cpu();
        double single = baseline.run(Baseline.Kind.SINGLE, BASELINE_WARM_UP, seconds);
        CpuClock beside = ours.cpu().since(before);
        Turn turn = ours.take(number, settings.warmUp(), seconds);
        double pipelined = baseline.run(Baseline.Kind.PIPELINED, BASELINE_WARM_UP, seconds);
        double batched = baseline.run(Baseline.Kind.BATCHED, BASELINE_WARM_UP, seconds);
        double all = (System.nanoTime() - begun) / 1e9 * Runtime.getRuntime().availableProcessors();
        double others = ours.cpu().since(before).others() / all;
        return new Round(single, turn, pipelined, batched, beside, others);
    }
}
