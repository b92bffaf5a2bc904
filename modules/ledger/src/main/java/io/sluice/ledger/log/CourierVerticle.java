package io.sluice.ledger.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Brings notices of one kind to one second sink, one delivery at a time, while it is this node's turn. */
public final class CourierVerticle extends VerticleBase {

    private static final Duration NOT_OURS = Duration.ofSeconds(1);

    private final Courier courier;
    private final BooleanSupplier isOurs;
    private boolean isStopping;

    /**
     * @param isOurs whether it is this node's turn
     * @param patience a sink that does not answer for so long has failed
     */
    public CourierVerticle(
            Database database,
            NoticeSource source,
            SecondSink sink,
            BooleanSupplier isOurs,
            Duration patience,
            InstantSource clock,
            MeterRegistry meters) {
        this.courier = new Courier(database, source, sink, patience, clock, meters);
        this.isOurs = isOurs;
    }

    @Override
    public Future<?> start() {
        turn();
        return Future.succeededFuture();
    }

    /** Ends without waiting for a sink that hangs: what is under way comes again. */
    @Override
    public Future<?> stop() {
        isStopping = true;
        return Future.succeededFuture();
    }

    private void turn() {
        if (isStopping) {
            return;
        }
        Future<Duration> turn = isOurs.getAsBoolean() ? courier.turn() : Future.succeededFuture(NOT_OURS);
        turn.onSuccess(pause -> vertx.setTimer(Math.max(1, pause.toMillis()), over -> turn()));
    }
}
