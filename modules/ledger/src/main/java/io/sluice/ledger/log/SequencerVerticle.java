package io.sluice.ledger.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Seals the ledger: at every node that has one, one of them at work. A turn ends before the next begins; while there is more to
 * do, turns follow each other without a rest.
 */
public final class SequencerVerticle extends VerticleBase {

    private final Sequencer sequencer;
    private final Duration every;
    private Future<?> underWay = Future.succeededFuture();
    private boolean isStopping;

    /**
     * @param node the name under which its epochs stand
     * @param every how long to rest between two turns
     * @param sinks which a database that was put back is held against
     * @param patience a sink that does not answer for so long is gone on without
     */
    public SequencerVerticle(
            Database database,
            HeadSigner signer,
            String node,
            Duration every,
            List<SecondSink> sinks,
            Duration patience,
            InstantSource clock,
            MeterRegistry meters) {
        this.sequencer = new Sequencer(database, signer, node, new KeptHeads(sinks, patience), clock, meters);
        this.every = every;
    }

    /** Whether the ledger is sealed here, as far as is known. From any thread. */
    public boolean isAtWork() {
        return sequencer.isHolding();
    }

    @Override
    public Future<?> start() {
        turn();
        return Future.succeededFuture();
    }

    /** Ends once the turn under way has, and gives the lock back. */
    @Override
    public Future<?> stop() {
        isStopping = true;
        return underWay.transform(ended -> sequencer.end());
    }

    private void turn() {
        if (isStopping) {
            return;
        }
        underWay = sequencer.turn().onSuccess(isMore -> {
            if (isMore) {
                context.runOnContext(next -> turn());
            } else {
                vertx.setTimer(every.toMillis(), over -> turn());
            }
        });
    }
}
