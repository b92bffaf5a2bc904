package io.sluice.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives the node its turns. Tokens are signed outside the measured windows, and anew before they would run out. */
final class Ours {

    private static final long CLOSE_SECONDS = 10;

    private static final long DRAIN_SECONDS = 60;
    private static final long MARGIN_SECONDS = 60;
    private static final int MOST_EXTRA_SECONDS = 120;

    private final Vertx vertx;
    private final NodeProcess node;
    private final Server server;
    private final BenchSettings settings;
    private final Tokens tokens;
    private final List<Buyer> buyers;
    private final Backlog backlog;
    private final Optional<Profile> profile;
    private Instant signedAt = Instant.EPOCH;
    private List<String> signed = List.of();

    Ours(
            Vertx vertx,
            NodeProcess node,
            Server server,
            BenchSettings settings,
            Tokens tokens,
            List<Buyer> buyers,
            Optional<Profile> profile) {
        this.vertx = vertx;
        this.node = node;
        this.server = server;
        this.settings = settings;
        this.tokens = tokens;
        this.buyers = List.copyOf(buyers);
        this.backlog = new Backlog(server, vertx);
        this.profile = profile;
    }

    /** A Vert.x for one generator: one event loop, so that everything in it is one thread's. */
    static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    }

    /** Ends that one. */
    static void close(Vertx vertx) {
        try {
            vertx.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new BenchFailed("the generator does not end", e);
        }
    }

    /** One turn, checked for nothing yet. @param round 0 is a warm-up for everybody, and is not recorded */
    Turn take(int round, int warmUp, int seconds)
            throws IOException, SQLException, InterruptedException, TimeoutException {
        return take(round, warmUp, seconds, () -> {});
    }

    /** The same. @param beside begins when the measured window opens, and must not wait */
    Turn take(int round, int warmUp, int seconds, Runnable beside)
            throws IOException, SQLException, InterruptedException, TimeoutException {
        boolean isNew = renewTokens(warmUp + seconds);
        server.run("postgres", "checkpoint");
        Backlog.Steps before = backlog.steps();
        Tally tally = new Tally();
        Generator generator = new Generator(vertx, node.port());
        OrderRequests requests = new OrderRequests(node.port(), signed, settings.skus());
        Future<Void> orders = Future.future(promise -> vertx.runOnContext(
                go -> generator.run(settings.connections(), requests, tally).onComplete(promise)));
        warmUp(warmUp, isNew, requests);
        if (round > 0 && profile.isPresent()) {
            profile.get().begin();
        }
        CpuClock start = cpu();
        tally.open();
        beside.run();
        Pause.of(vertx, seconds * 1000L);
        tally.close();
        CpuClock spent = cpu().since(start);
        Backlog.Steps after = backlog.steps();
        if (round > 0 && profile.isPresent()) {
            profile.get().end(round);
        }
        orders.await(DRAIN_SECONDS, TimeUnit.SECONDS);
        backlog.putOff();
        return new Turn(
                tally.perSecond(),
                tally.latencies(),
                tally.orders(),
                tally.others(),
                tally.examples(),
                spent,
                after.done() - before.done(),
                after.pending() - before.pending());
    }

    /** What was recorded, if anything was to be. */
    Optional<Profile> profile() {
        return profile;
    }

    CpuClock cpu() throws IOException {
        return CpuClock.read(node.pid(), server.pid());
    }

    /** Signs tokens anew if the present ones would not last; whether it did. */
    private boolean renewTokens(int seconds) {
        Instant needed = Instant.now().plusSeconds(seconds + MARGIN_SECONDS);
        boolean isNew = needed.isAfter(signedAt.plus(Tokens.LIFE));
        if (isNew) {
            signedAt = Instant.now();
            signed = tokens.sign(buyers);
        }
        return isNew;
    }

    /** A token is verified once in its ten minutes; so a window opens only after each has been seen. */
    private void warmUp(int seconds, boolean areTokensNew, OrderRequests requests) throws TimeoutException {
        Pause.of(vertx, seconds * 1000L);
        for (int i = 0; areTokensNew && !requests.haveAllOrdered() && i < MOST_EXTRA_SECONDS; i++) {
            Pause.of(vertx, 1000);
        }
    }
}
