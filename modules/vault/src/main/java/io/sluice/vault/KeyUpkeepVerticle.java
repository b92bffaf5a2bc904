package io.sluice.vault;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the keys regularly. Every node has one: any of them may be the one that does what is due, and each hears which
 * epochs there are, so that none keeps a key in memory that was destroyed.
 */
public final class KeyUpkeepVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(KeyUpkeepVerticle.class);

    private final KeyUpkeep upkeep;
    private Future<Boolean> underWay = Future.succeededFuture(false);
    private boolean isStopping;

    public KeyUpkeepVerticle(KeyUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public Future<?> start() {
        look();
        return Future.succeededFuture();
    }

    /** Ends once the batch of keys in hand is written. */
    @Override
    public Future<?> stop() {
        isStopping = true;
        upkeep.stop();
        return underWay.otherwise(false);
    }

    private void look() {
        if (isStopping) {
            return;
        }
        underWay = upkeep.pass()
                .onFailure(cause -> LOG.warn("keys not looked after, tried again later", cause))
                .onComplete(ended -> vertx.setTimer(restMillis(), over -> look()));
    }

    // up to a fifth shorter or longer, so that nodes which were started together do not look together for ever
    private long restMillis() {
        long every = upkeep.settings().every().toMillis();
        return Math.max(1, every + ThreadLocalRandom.current().nextLong(-every / 5, every / 5 + 1));
    }
}
