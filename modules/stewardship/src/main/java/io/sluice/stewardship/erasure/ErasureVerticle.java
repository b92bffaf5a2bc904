package io.sluice.stewardship.erasure;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.Bus;
import io.sluice.stewardship.policy.Law;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out erasures that are due: those that were asked for just now, those that waited for an order's end, and those whose node
 * died over them. Every worker has one.
 */
public final class ErasureVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureVerticle.class);

    private final ErasureRows rows;
    private final Erasing erasing;
    private final ErasureSettings settings;
    private Future<Void> underWay = Future.succeededFuture();
    private boolean isStopping;

    /** @param law in force at each moment: what it keeps is decided when it is sealed anew */
    public ErasureVerticle(
            Bus bus,
            Supplier<Law> law,
            Database database,
            Affairs affairs,
            Safe safe,
            ErasureSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        this.rows = new ErasureRows(database);
        this.erasing = new Erasing(bus, law, rows, affairs, safe, settings, clock, meters);
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(settings.sweep().toMillis(), tick -> look());
        return Future.succeededFuture();
    }

    /** Waits for the steps in hand; what is not done is left to the other nodes, and to the next start. */
    @Override
    public Future<?> stop() {
        isStopping = true;
        return underWay.otherwiseEmpty();
    }

    private void look() {
        if (isStopping || !underWay.isComplete()) {
            return;
        }
        underWay = rows.lease(settings.atOnce(), settings.lease())
                .compose(leased ->
                        Future.join(leased.stream().map(erasing::carryOut).toList()))
                .<Void>mapEmpty()
                .onFailure(cause -> LOG.warn("erasures left to their leases", cause));
    }
}
