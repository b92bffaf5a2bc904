package io.sluice.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Rider;
import io.sluice.ledger.PendingLeaf.Doubt;
import io.sluice.storage.RiderTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Writes leaves inside whoever's transaction they ride in, each lane into shards of its own.
 *
 * <p>A shard is taken when a batch is written and given back when its end is known; a lane that finds none starts one. So no
 * two transactions ever count in the same shard, nobody waits, and numbers of a batch that was rolled back are used again.
 */
final class LeafTable implements RiderTable {

    private final String node;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final Map<String, Queue<Shard>> free = new ConcurrentHashMap<>();
    private final Counter[] leaves;
    private final Counter shards;
    private final Counter unknown;

    LeafTable(String node, Supplier<UUID> ids, InstantSource clock, MeterRegistry meters) {
        this.node = node;
        this.ids = ids;
        this.clock = clock;
        this.leaves = Arrays.stream(LeafKind.values())
                .map(kind -> meters.counter("sluice.ledger.leaves", "kind", kind.word()))
                .toArray(Counter[]::new);
        this.shards = meters.counter("sluice.ledger.shards");
        this.unknown = meters.counter("sluice.ledger.batches.unknown");
    }

    @Override
    public boolean accepts(Rider rider) {
        return rider instanceof PendingLeaf;
    }

    @Override
    public Riding write(SqlConnection transaction, String lane, List<Rider> riders) {
        List<PendingLeaf> taken = taken(riders);
        try {
            return written(transaction, lane, taken);
        } catch (RuntimeException thrown) {
            taken.forEach(PendingLeaf::giveBack);
            throw thrown;
        }
    }

    private Riding written(SqlConnection transaction, String lane, List<PendingLeaf> leaves) {
        Map<List<Doubt>, List<PendingLeaf>> byDoubts = new LinkedHashMap<>();
        leaves.forEach(leaf -> byDoubts.computeIfAbsent(leaf.doubts(), first -> new ArrayList<>())
                .add(leaf));
        List<LeafBatch> batches = new ArrayList<>(byDoubts.size());
        byDoubts.forEach((doubts, group) -> batches.add(new LeafBatch(take(lane), group, doubts)));
        List<Future<?>> writes = new ArrayList<>(batches.size() + 1);
        writes.add(lock(transaction, batches));
        batches.forEach(batch -> writes.add(batch.write(transaction)));
        return new Writing(batches, Future.all(writes));
    }

    /** All of the leaves or none: a leaf that another transaction has under way fails this one. */
    private static List<PendingLeaf> taken(List<Rider> riders) {
        List<PendingLeaf> taken = new ArrayList<>(riders.size());
        for (Rider rider : riders) {
            PendingLeaf leaf = (PendingLeaf) rider;
            if (!leaf.take()) {
                taken.forEach(PendingLeaf::giveBack);
                throw new IllegalStateException("a leaf that is under way in another transaction");
            }
            taken.add(leaf);
        }
        return taken;
    }

    /** In one order for all, so that no two transactions wait for each other. */
    private static Future<?> lock(SqlConnection transaction, List<LeafBatch> batches) {
        Long[] keys = batches.stream()
                .flatMapToLong(LeafBatch::locks)
                .sorted()
                .distinct()
                .boxed()
                .toArray(Long[]::new);
        return transaction
                .preparedQuery("select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as key")
                .execute(Tuple.of((Object) keys));
    }

    private Queue<Shard> free(String lane) {
        return free.computeIfAbsent(lane, first -> new ConcurrentLinkedQueue<>());
    }

    private Shard take(String lane) {
        Shard shard = free(lane).poll();
        if (shard != null) {
            return shard;
        }
        shards.increment();
        return new Shard(ids.get(), node, lane, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** The batches of one transaction; more than one only after a loss. */
    private final class Writing implements Riding {

        private final List<LeafBatch> batches;
        private final Future<?> written;

        Writing(List<LeafBatch> batches, Future<?> written) {
            this.batches = batches;
            this.written = written;
        }

        @Override
        public Future<?> written() {
            return written;
        }

        @Override
        public void committed() {
            for (LeafBatch batch : batches) {
                batch.committed();
                batch.leaves().forEach(leaf -> leaves[leaf.kind().ordinal()].increment());
                giveBack(batch);
            }
        }

        @Override
        public void rolledBack() {
            for (LeafBatch batch : batches) {
                batch.rolledBack();
                giveBack(batch);
            }
        }

        /** Whether these shards moved on is not known, so nobody can go on in them. */
        @Override
        public void unknown() {
            for (LeafBatch batch : batches) {
                batch.unknown();
                unknown.increment();
            }
        }

        private void giveBack(LeafBatch batch) {
            free(batch.shard().lane()).add(batch.shard());
        }
    }
}
