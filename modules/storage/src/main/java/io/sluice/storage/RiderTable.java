package io.sluice.storage;

import io.sluice.kernel.Rider;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** Another room's table whose rows may ride in a transaction. */
public interface RiderTable {

    /** Whether the rider's row belongs in this table. */
    boolean accepts(Rider rider);

    /**
     * Issues the writes of these riders' rows, without waiting.
     *
     * @param lane names the one connection at a time that writes in this order; a table may count per lane
     */
    Riding write(SqlConnection transaction, String lane, List<Rider> riders);

    /** One batch's rows on their way. Exactly one of the three ends is called, before the lane's next batch. */
    interface Riding {

        Future<?> written();

        /** They are durable. The riders are told by the table. */
        void committed();

        /** They are not, and never will be. */
        void rolledBack();

        /** The connection was lost during COMMIT, or the COMMIT left without one of the writes: nobody knows. */
        void unknown();
    }
}
