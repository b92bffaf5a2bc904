package io.sluice.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * How long a partner waits for the answer to its callback while the workers have more than they can do: orders by a closed model
 * on all connections, and everything that earlier ones still have to go through due at once. Beside it, in the same round, how
 * long it waits at rest.
 */
final class WebhookBench {

    private static final long PATIENCE_SECONDS = 60;
    private static final int MOST_OPERATIONS = 10_000;

    private final BenchSettings settings;
    private final int perSecond;
    private final Consumer<String> out;

    /** @param perSecond callbacks a second */
    WebhookBench(BenchSettings settings, int perSecond, Consumer<String> out) {
        this.settings = settings;
        this.perSecond = perSecond;
        this.out = out;
    }

    /** Whether every check held, and the callbacks' answers came in time. */
    boolean run() throws IOException, InterruptedException {
        Path data = settings.dataDir().resolve("data");
        Files.createDirectories(settings.dataDir());
        out.accept("starting a node in " + data);
        NodeProcess node = NodeProcess.entered(
                settings.home(),
                io.sluice.app.Main.class,
                List.of("start"),
                data,
                settings.dataDir().resolve("node.log"),
                settings.node());
        Vertx ordering = Ours.vertx();
        Vertx calling = Ours.vertx();
        return new BenchRun(settings, List.of(node), List.of(calling, ordering), out)
                .carryOut(
                        data,
                        List.of(),
                        () -> measure(
                                Stand.filled(node, data, settings, settings.profile(), ordering, out),
                                data,
                                ordering,
                                calling));
    }

    private WebhookReport measure(Stand stand, Path data, Vertx ordering, Vertx calling)
            throws IOException, InterruptedException, SQLException, TimeoutException {
        Server server = stand.server();
        Backlog backlog = new Backlog(server, ordering);
        out.accept("warming up: " + settings.warmUp() + " s of orders");
        Turn first = stand.ours().take(0, settings.warmUp(), 0);
        List<UUID> accepted = new ArrayList<>(first.accepted());
        OpenStream stream =
                new OpenStream(calling, stand.node().port(), new Callbacks(data, server.list(Server.DATA, """
                        select operation from commerce.step where kind = 'AUTHORISE' order by order_id limit %d""".formatted(
                                MOST_OPERATIONS))));
        long taken = told(stream, settings.warmUp()).taken();
        backlog.putOff();
        List<WebhookRound> rounds = new ArrayList<>();
        for (int i = 1; i <= settings.rounds(); i++) {
            WebhookRound round = round(i, stand, backlog, stream);
            rounds.add(round);
            accepted.addAll(round.orders().accepted());
            taken += round.idle().taken() + round.busy().taken();
            out.accept("round " + i + ": " + round);
        }
        out.accept("checking " + taken + " callbacks and " + accepted.size() + " accepted orders");
        List<String> findings = new ArrayList<>(new OrderCheck(server, Server.DATA).findings(accepted));
        findings.addAll(first.troublesOfWarmUp());
        long kept = server.count(
                Server.DATA, "select count(*) from commerce.inbox where event_id like '" + Callbacks.MARK + "%'");
        if (kept != taken) {
            findings.add(taken + " callbacks were answered 200, and " + kept + " are in the inbox");
        }
        return new WebhookReport(perSecond, rounds, findings);
    }

    private WebhookRound round(int number, Stand stand, Backlog backlog, OpenStream stream)
            throws IOException, InterruptedException, SQLException, TimeoutException {
        long begun = System.nanoTime();
        CpuClock before = stand.ours().cpu();
        OpenStream.Told idle = told(stream, settings.seconds());
        backlog.putOff();
        long due = backlog.bringBack();
        AtomicReference<Future<OpenStream.Told>> busy = new AtomicReference<>(Future.failedFuture("not begun"));
        Turn orders = stand.ours()
                .take(
                        number,
                        settings.warmUp(),
                        settings.seconds(),
                        () -> busy.set(stream.tell(perSecond, settings.seconds())));
        OpenStream.Told told = busy.get().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        double all = (System.nanoTime() - begun) / 1e9 * Runtime.getRuntime().availableProcessors();
        return new WebhookRound(
                idle, told, due, orders, stand.ours().cpu().since(before).others() / all);
    }

    private OpenStream.Told told(OpenStream stream, int seconds) throws TimeoutException {
        return stream.tell(perSecond, seconds).await(seconds + PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
