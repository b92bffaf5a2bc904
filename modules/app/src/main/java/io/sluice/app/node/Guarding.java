package io.sluice.app.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.FieldOpener;
import io.sluice.guard.Guard;
import io.sluice.guard.GuardSettings;
import io.sluice.guard.LawInForce;
import io.sluice.guard.Snapshots;
import io.sluice.guard.UseLedger;
import io.sluice.kernel.Catalogue;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How a node comes by its guard. The product knows one way, {@code Guard::new}, and a test holds that; the load tests know
 * another, to measure what the guard costs, so that nothing in the product can switch it off.
 */
@FunctionalInterface
public interface Guarding {

    Guard guard(
            Vertx vertx,
            Catalogue catalogue,
            LawInForce law,
            Snapshots snapshots,
            UseLedger ledger,
            FieldOpener opener,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            GuardSettings settings);
}
