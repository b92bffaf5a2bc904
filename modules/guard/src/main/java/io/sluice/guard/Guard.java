package io.sluice.guard;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Catalogue;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The guard of one node, wired: its bus for the rooms, and the verticle that installs its interceptor. */
public final class Guard {

    private final VertxBus bus;
    private final Interceptor interceptor;
    private final Minimisation minimisation;

    /**
     * @param law asked once per decision
     * @param clock wall-clock time, for deadlines and agreements
     * @param nanoTime monotonic time, for leases
     */
    public Guard(
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
        this(
                vertx,
                catalogue,
                law,
                ledger,
                clock,
                nanoTime,
                meters,
                settings,
                new Gate(law, snapshots, ledger, opener, clock, nanoTime, meters));
    }

    /** With another gate in line, which nobody outside this package can make. */
    Guard(
            Vertx vertx,
            Catalogue catalogue,
            LawInForce law,
            UseLedger ledger,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            GuardSettings settings,
            Gate gate) {
        minimisation = new Minimisation(law, meters, clock, nanoTime);
        Switchboard switchboard = new Switchboard(minimisation);
        bus = new VertxBus(
                vertx.eventBus(),
                switchboard,
                law,
                ledger,
                clock,
                nanoTime,
                meters,
                settings,
                new LetterCodec(new WireForm(catalogue)));
        interceptor = new Interceptor(vertx, switchboard, gate, meters, settings.maxInHand());
    }

    public Bus bus() {
        return bus;
    }

    /** What this node's handlers do with what they are granted. */
    public Minimisation minimisation() {
        return minimisation;
    }

    public PrivacyVerticle privacyVerticle() {
        return new PrivacyVerticle(interceptor);
    }
}
