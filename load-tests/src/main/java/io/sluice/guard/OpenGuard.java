package io.sluice.guard;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Field;
import io.sluice.kernel.Plain;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Makes a node's guard whose gate stands open, to be held against one that enforces. Bus, interceptor, deadlines and limits are
 * the product's. Like {@link Projection} it lives in the guard's package and in the load tests' jar: the product has no such way.
 */
public final class OpenGuard {

    private final Map<Field<?>, Plain<String>> plain;

    /** @param plain what handlers find instead of what a vault would have opened */
    public OpenGuard(Map<Field<?>, Plain<String>> plain) {
        this.plain = Map.copyOf(plain);
    }

    /** Fits where a node takes {@code Guard::new}. The ledger is left aside. */
    public Guard guard(
            Vertx vertx,
            Catalogue catalogue,
            LawInForce law,
            Snapshots snapshots,
            UseLedger ledger,
            FieldOpener opener,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            GuardSettings settings) {
        return new Guard(
                vertx,
                catalogue,
                law,
                ledger,
                clock,
                nanoTime,
                meters,
                settings,
                new OpenGate(law, snapshots, opener, clock, nanoTime, meters, plain));
    }
}
