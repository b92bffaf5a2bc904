package io.sluice.load;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * What enforcement costs (P4): the product's node and the same node behind an open gate, each on a server and a store of its
 * own, take orders in turn. Nobody else has a turn, and the one that has none rests.
 */
final class EnforcementBench {

    private static final String ENFORCED = "enforced";
    private static final String OPEN = "open";

    private final BenchSettings settings;
    private final Consumer<String> out;

    EnforcementBench(BenchSettings settings, Consumer<String> out) {
        this.settings = settings;
        this.out = out;
    }

    /** Whether every check held, and the product kept the share of orders that is its goal. */
    boolean run() throws IOException, InterruptedException {
        NodeProcess enforced = start(ENFORCED, io.sluice.app.Main.class, List.of("start"));
        NodeProcess open = start(OPEN, io.sluice.load.passthrough.Main.class, List.of());
        Vertx vertx = Ours.vertx();
        return new BenchRun(settings, List.of(enforced, open), List.of(vertx), out)
                .carryOut(
                        data(ENFORCED),
                        List.of(),
                        () -> measure(stand(ENFORCED, enforced, vertx), stand(OPEN, open, vertx)));
    }

    private NodeProcess start(String name, Class<?> entrance, List<String> arguments)
            throws IOException, InterruptedException {
        Path data = data(name);
        Files.createDirectories(data.getParent());
        out.accept("starting the node '" + name + "' in " + data);
        Path log = settings.dataDir().resolve(name).resolve("node.log");
        return NodeProcess.entered(settings.home(), entrance, arguments, data, log, settings.node());
    }

    private Path data(String name) {
        return settings.dataDir().resolve(name).resolve("data");
    }

    private Stand stand(String name, NodeProcess node, Vertx vertx) throws IOException, SQLException, TimeoutException {
        Optional<Path> recordings = settings.profile().map(folder -> folder.resolve(name));
        return Stand.filled(node, data(name), settings, recordings, vertx, out);
    }

    private EnforcementReport measure(Stand enforced, Stand open)
            throws IOException, InterruptedException, SQLException, TimeoutException {
        out.accept("warming up both: " + settings.warmUp() + " s of orders each");
        List<String> findings = new ArrayList<>();
        List<UUID> enforcedOrders = warmUp(enforced, findings);
        List<UUID> openOrders = warmUp(open, findings);
        List<EnforcementRound> rounds = new ArrayList<>();
        for (int i = 1; i <= settings.rounds(); i++) {
            EnforcementRound round = round(i, enforced, open);
            rounds.add(round);
            enforcedOrders.addAll(round.enforced().accepted());
            openOrders.addAll(round.open().accepted());
            out.accept("round " + i + ": " + round);
        }
        out.accept("checking " + (enforcedOrders.size() + openOrders.size()) + " accepted orders");
        findings.addAll(new OrderCheck(enforced.server(), Server.DATA).findings(enforcedOrders));
        findings.addAll(new OrderCheck(open.server(), Server.DATA).findings(openOrders));
        findings.addAll(new LeafCheck(enforced.server(), Server.DATA).findingsOfEnforcement(enforcedOrders.size()));
        findings.addAll(new LeafCheck(open.server(), Server.DATA).findingsOfPassThrough());
        return new EnforcementReport(
                rounds, findings, enforced.ours().profile(), open.ours().profile());
    }

    private List<UUID> warmUp(Stand stand, List<String> findings)
            throws IOException, InterruptedException, SQLException, TimeoutException {
        Turn turn = stand.ours().take(0, settings.warmUp(), 0);
        findings.addAll(turn.troublesOfWarmUp());
        return new ArrayList<>(turn.accepted());
    }

    private EnforcementRound round(int number, Stand enforced, Stand open)
            throws IOException, InterruptedException, SQLException, TimeoutException {
        long begun = System.nanoTime();
        CpuClock enforcedBefore = enforced.ours().cpu();
        CpuClock openBefore = open.ours().cpu();
        Turn first = enforced.ours().take(number, settings.warmUp(), settings.seconds());
        Turn second = open.ours().take(number, settings.warmUp(), settings.seconds());
        CpuClock enforcedSpent = enforced.ours().cpu().since(enforcedBefore);
        CpuClock openSpent = open.ours().cpu().since(openBefore);
        // each of the two takes the other for a stranger
        double others = enforcedSpent.others() - openSpent.node() - openSpent.postgres();
        double all = (System.nanoTime() - begun) / 1e9 * Runtime.getRuntime().availableProcessors();
        return new EnforcementRound(first, second, others / all);
    }
}
