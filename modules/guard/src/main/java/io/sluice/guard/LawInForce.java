package io.sluice.guard;

import io.sluice.kernel.Policy;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The port to the law. */
public interface LawInForce {

    /**
     * What is in force at a moment, as both clocks of this node tell the moment. It is asked for each message, from any thread, and
     * must be cheap. Once a version has been given, no earlier one ever is.
     */
    Policy at(Instant now, long nowNanos);

    /** The version in force and those announced: an address that any of them allows may be served. */
    List<Policy> known();

    /** One version, which nothing is announced to follow. */
    static LawInForce always(Supplier<Policy> law) {
        return new LawInForce() {
            @Override
            public Policy at(Instant now, long nowNanos) {
                return law.get();
            }

            @Override
            public List<Policy> known() {
                return List.of(law.get());
            }
        };
    }
}
