package io.sluice.ledger.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.storage.Database;
import io.sluice.storage.Session;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts batches into the log and signs its heads, while it holds the lock: one of all nodes at a time. Whatever goes wrong ends its
 * session, and with that the lock; it begins anew, or another one does. Orders never wait for it.
 *
 * <p>For one turn at a time.
 */
final class Sequencer {

    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    /** "sluice l" in ASCII: no other lock of ours has this number. */
    private static final long LOCK = 0x736c75696365206cL;

    private final Database database;
    private final HeadSigner signer;
    private final String node;
    private final InstantSource clock;
    private final KeptHeads kept;
    private final Timer rounds;
    private final Counter failures;
    private final Counter logged;
    private @Nullable Session session;
    private @Nullable LogState state;
    private Set<UUID> behind = Set.of();
    private boolean isFailing;
    private volatile long size;
    private volatile long lastRound;
    private volatile boolean isHolding;

    Sequencer(
            Database database,
            HeadSigner signer,
            String node,
            KeptHeads kept,
            InstantSource clock,
            MeterRegistry meters) {
        this.kept = kept;
        this.database = database;
        this.signer = signer;
        this.node = node;
        this.clock = clock;
        this.rounds = meters.timer("sluice.ledger.rounds");
        this.failures = meters.counter("sluice.ledger.rounds.failed");
        this.logged = meters.counter("sluice.ledger.leaves.logged");
        Gauge.builder("sluice.ledger.log.size", this, each -> each.isHolding ? each.size : Double.NaN)
                .register(meters);
        Gauge.builder("sluice.ledger.log.age", this, Sequencer::age)
                .baseUnit("seconds")
                .register(meters);
    }

    /** Seconds since the log was last known to hold all there was; of no meaning on a node that is not at it. */
    private double age() {
        return isHolding ? (clock.millis() - lastRound) / 1000.0 : Double.NaN;
    }

    /** Whether this is the node that signs, as far as it knows. */
    boolean isHolding() {
        return isHolding;
    }

    /** One round, if the lock can be had. Yields whether there is more to do at once; never fails. */
    Future<Boolean> turn() {
        Session current = session;
        Future<Boolean> turn = current == null || !current.isOpen() ? begin() : go(current);
        return turn.recover(cause -> {
            failures.increment();
            if (!isFailing) {
                LOG.error("ledger not sealed, begun anew until it is node={}", node, cause);
            }
            isFailing = true;
            return end().map(false);
        });
    }

    private Future<Boolean> begin() {
        return end().compose(over -> Session.open(database)).compose(opened -> {
            session = opened;
            return go(opened);
        });
    }

    private Future<Boolean> go(Session held) {
        LogState current = state;
        return current == null ? take(held) : round(held, current);
    }

    private Future<Boolean> take(Session held) {
        return held.tryLock(LOCK).compose(isTaken -> {
            if (!isTaken) {
                // whoever waits for its turn keeps no connection meanwhile
                return end().map(false);
            }
            return kept.areIn(held)
                    .compose(agreed -> Epoch.begin(held, signer, node, clock.instant()))
                    .compose(epoch -> {
                        LOG.info(
                                "ledger sequencer begins node={} epoch={}",
                                node,
                                epoch.state().epoch());
                        behind = epoch.behind();
                        lastRound = clock.millis();
                        return round(held, epoch.state());
                    });
        });
    }

    private Future<Boolean> round(Session held, LogState from) {
        long began = System.nanoTime();
        return held.inTransaction(transaction -> new Round(
                                transaction, from, signer, clock.instant().truncatedTo(ChronoUnit.MILLIS))
                        .run(behind))
                .map(ended -> {
                    state = ended.state();
                    behind = ended.behind();
                    size = ended.state().frontier().size();
                    isHolding = true;
                    isFailing = false;
                    if (!ended.isMore()) {
                        lastRound = clock.millis();
                    }
                    rounds.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
                    logged.increment(ended.leaves());
                    return ended.isMore();
                });
    }

    /** Gives the lock back. Succeeds in any case: a session that does not end by itself has been cut. */
    Future<Void> end() {
        Session last = session;
        session = null;
        state = null;
        isHolding = false;
        return last == null ? Future.succeededFuture() : last.close().otherwiseEmpty();
    }
}
