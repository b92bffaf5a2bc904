package io.sluice.guard;

import io.sluice.kernel.Rider;
import io.sluice.kernel.Use;
import io.vertx.core.Future;

/** The port to the ledger of uses. */
public interface UseLedger {

    /** Appends a leaf; completes once it is durable. */
    Future<Void> append(Use use);

    /** A leaf to be made durable by the transaction that it is handed to. */
    Rider rider(Use use);

    /**
     * Makes sure of a leaf that was to ride: completes once it is durable, and written exactly once, whether the transaction
     * that it was handed to wrote it, did not, or was lost and nobody knows. Fails as long as that cannot be found out.
     */
    Future<Void> settle(Rider rider);
}
