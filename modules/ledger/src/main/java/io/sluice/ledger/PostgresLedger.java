package io.sluice.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.UseLedger;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Unavailable;
import io.sluice.kernel.Use;
import io.sluice.storage.Batch;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.sluice.storage.RiderTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The ledger in PostgreSQL. A leaf is appended in a group commit of leaves alone, or rides in another room's transaction; it is
 * written the same way in both. Figures and checks: {@link LedgerFigures}, {@link LedgerCheck}.
 */
public final class PostgresLedger implements UseLedger {

    /** What a transaction of leaves alone does besides the leaves: nothing. */
    private record LeavesOnly(int items) implements Batch.Plan<Boolean> {
        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            return List.of();
        }

        @Override
        public List<Boolean> answers() {
            return Collections.nCopies(items, true);
        }
    }

    private final LeafForm form;
    private final RiderTable table;
    private final GroupCommit<PendingLeaf, Boolean> commit;

    /**
     * @param node the name under which this node's leaves stand
     * @param ids makes the ids of shards
     * @param clock says when a shard was opened
     * @param fence stands before the table of leaves, in every transaction that writes any: lets none be committed whose
     *     {@linkplain Rider#standings standings} have fallen
     */
    public PostgresLedger(
            Vertx vertx,
            Database database,
            Catalogue catalogue,
            Pseudonyms pseudonyms,
            String node,
            Supplier<UUID> ids,
            InstantSource clock,
            GroupCommit.Limits limits,
            UnaryOperator<RiderTable> fence,
            MeterRegistry meters) {
        this.form = new LeafForm(catalogue, pseudonyms, node);
        this.table = fence.apply(new LeafTable(node, ids, clock, meters));
        this.commit = new GroupCommit<>(
                vertx,
                database,
                "ledger",
                limits,
                (transaction, leaves) -> Future.succeededFuture(new LeavesOnly(leaves.size())),
                List.of(table),
                meters);
    }

    /** The table in which riders of this ledger belong: for the group commits that they may ride in. */
    public RiderTable riderTable() {
        return table;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Fails with {@link Unavailable} if the database is away or the queue is full; whether there is a leaf then is not
     * known, and the delivery that it was for must not happen.
     */
    @Override
    public Future<Void> append(Use use) {
        return written(form.leaf(use));
    }

    @Override
    public Rider rider(Use use) {
        return form.leaf(use);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A transaction that has the leaf under way is waited for. Fails with {@link Unavailable} if nobody can say now how it
     * ended; the delivery that the leaf is for must not be answered as done or refused then.
     */
    @Override
    public Future<Void> settle(Rider rider) {
        if (!(rider instanceof PendingLeaf leaf)) {
            return Future.failedFuture(new IllegalArgumentException("a rider of another ledger"));
        }
        leaf.delivered();
        return leaf.ended().compose(ended -> leaf.isCommitted() ? Future.succeededFuture() : written(leaf));
    }

    private Future<Void> written(PendingLeaf leaf) {
        return commit.submit(leaf, List.of(leaf)).mapEmpty();
    }

    /** Writes the leaves that wait, and takes no more. */
    public Future<Void> close() {
        return commit.close();
    }
}
