package io.sluice.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/**
 * What a room does with the items of one transaction.
 *
 * <p>The transaction may be run again, after an error or a lost connection, and then it may have been committed already:
 * {@link #prepare} must look up first what the items' keys or versions say, and decide from that. It must take its locks in one
 * order for all (by key), so that two batches never wait for each other.
 */
@FunctionalInterface
public interface Batch<I, R> {

    /** Look-ups and ordered locks, issued without waiting between them; then a pure decision. */
    Future<Plan<R>> prepare(SqlConnection transaction, List<I> items);

    /** What is to be written, and what each item will be answered if it is committed. */
    interface Plan<R> {

        /** Issues the writes, without waiting for any. */
        List<Future<?>> write(SqlConnection transaction);

        /** One answer for each item, in order. */
        List<R> answers();
    }
}
