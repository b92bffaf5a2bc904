package io.sluice.guard;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Use;
import io.sluice.kernel.Wants;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A gate that stands open: it admits every letter as it came, to all that its address wants. It asks for no law and no person,
 * decides nothing, writes no leaf, opens nothing and counts nothing. A handler that works on values in plain is given some that
 * lie ready, because partners have to be told something.
 */
final class OpenGate extends Gate {

    /** Takes what the gate says of letters that nobody serves, and keeps none of it. */
    private static final UseLedger NO_LEDGER = new UseLedger() {
        @Override
        public Future<Void> append(Use use) {
            return Future.succeededFuture();
        }

        @Override
        public Rider rider(Use use) {
            throw new IllegalStateException("behind an open gate no leaf rides");
        }

        @Override
        public Future<Void> settle(Rider rider) {
            throw new IllegalStateException("behind an open gate no leaf rides");
        }
    };

    private static final FieldCounts UNCOUNTED = new FieldCounts(FieldSet.NONE);

    private final Map<Field<?>, Plain<String>> plain;

    OpenGate(
            LawInForce law,
            Snapshots snapshots,
            FieldOpener opener,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            Map<Field<?>, Plain<String>> plain) {
        super(law, snapshots, NO_LEDGER, opener, clock, nanoTime, meters);
        this.plain = Map.copyOf(plain);
    }

    @Override
    Future<Letter> pass(Letter letter, Line line) {
        switch (letter.content()) {
            case Outcome.Refused<Parcel> refused -> letter.refuse(refused);
            case Outcome.Done<Parcel> done -> letter.admit(everything(letter, line, done.value()), null, () -> true);
        }
        return Future.succeededFuture(letter);
    }

    private Granted everything(Letter letter, Line line, Parcel parcel) {
        Wants wanted = line.address().wants(letter.isReply());
        // one that did not come must not be made up
        Wants there = new Wants(wanted.reads(), wanted.opens().and(parcel.present()), wanted.carries());
        return new Granted(wanted, there, parcel, plain, UNCOUNTED);
    }
}
