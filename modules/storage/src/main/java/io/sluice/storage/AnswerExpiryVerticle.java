package io.sluice.storage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets answers that have been kept for {@link IdempotencyTable#KEPT}: regularly, in small batches, one at a time, so that
 * nobody waits for it. Every node that writes answers may have one of it; two at once do each other no harm.
 *
 * <p>A batch that fails deletes nothing; it is tried again when it would have been time anyway.
 */
public final class AnswerExpiryVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerExpiryVerticle.class);

    /**
     * @param every how long to rest once nothing old is left; each rest is up to a fifth shorter or longer, so that nodes
     *     which were started together do not look together for ever
     * @param batch how many answers one statement deletes
     */
    public record Pace(Duration every, int batch) {

        public Pace {
            if (every.toMillis() < 5 || batch < 1) {
                throw new IllegalArgumentException("a rest of 5 ms and a batch of one are the least");
            }
        }

        /** A thousand at a time, every five minutes. */
        public static Pace standard() {
            return new Pace(Duration.ofMinutes(5), 1000);
        }

        long restMillis() {
            long fifth = every.toMillis() / 5;
            return every.toMillis() + ThreadLocalRandom.current().nextLong(-fifth, fifth + 1);
        }
    }

    private final Database database;
    private final InstantSource clock;
    private final Pace pace;
    private final Counter expired;
    private final Counter failed;
    private Future<Integer> underWay = Future.succeededFuture(0);
    private boolean isStopping;

    public AnswerExpiryVerticle(Database database, InstantSource clock, Pace pace, MeterRegistry meters) {
        this.database = database;
        this.clock = clock;
        this.pace = pace;
        this.expired = meters.counter("sluice.storage.answers.expired");
        this.failed = meters.counter("sluice.storage.answers.not-expired");
    }

    @Override
    public Future<?> start() {
        rest();
        return Future.succeededFuture();
    }

    /** Ends once the batch under way has. */
    @Override
    public Future<?> stop() {
        isStopping = true;
        return underWay.otherwise(0);
    }

    private void rest() {
        vertx.setTimer(pace.restMillis(), over -> forget());
    }

    private void forget() {
        if (isStopping) {
            return;
        }
        underWay = IdempotencyTable.purge(database, clock.instant(), pace.batch())
                .onSuccess(expired::increment)
                .onFailure(cause -> {
                    failed.increment();
                    LOG.warn("answers not expired, tried again later", cause);
                })
                .onComplete(ended -> {
                    if (ended.succeeded() && ended.result() == pace.batch()) {
                        context.runOnContext(more -> forget());
                    } else {
                        rest();
                    }
                });
    }
}
