package io.sluice.storage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits items in groups: whatever arrives while the lanes are busy forms the next transaction by itself. One fsync then
 * serves many, and every item still gets an answer of its own, only after the commit.
 *
 * <p>Riders of an item are written in its transaction whatever the item's answer is. A batch that fails is run again whole,
 * then item by item, so that one bad item fails alone. A lost connection means another try, also during COMMIT: see
 * {@link Batch}. What a fence refuses fails with {@link Superseded}. After too many tries the items fail with {@link DatabaseUnavailable}, and what became of them is not known.
 *
 * <p>Everything runs on one context; nothing is locked. May be called from any.
 */
public final class GroupCommit<I, R> {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /**
     * @param lanes connections that write at the same time
     * @param maxBatch items in one transaction
     * @param maxQueue items waiting; past it they are refused
     */
    public record Limits(int lanes, int maxBatch, int maxQueue) {
        public Limits {
            if (lanes < 1 || maxBatch < 1 || maxQueue < 1) {
                throw new IllegalArgumentException("lanes, batch and queue hold at least one");
            }
        }
    }

    /** An item and who waits for it. */
    record Pending<I, R>(I item, List<Rider> riders, Promise<R> answer) {}

    private final Context context;
    private final String name;
    private final Limits limits;
    private final Queue<Pending<I, R>> queue = new ArrayDeque<>();
    private final Queue<Lane<I, R>> idle = new ArrayDeque<>();
    private final List<Lane<I, R>> lanes = new ArrayList<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final MeterRegistry meters;
    private boolean isClosed;
    private final Promise<Void> drained = Promise.promise();

    /** @param riderTables where riders of items may belong */
    public GroupCommit(
            Vertx vertx,
            Database database,
            String name,
            Limits limits,
            Batch<I, R> batch,
            List<RiderTable> riderTables,
            MeterRegistry meters) {
        this.context = vertx.getOrCreateContext();
        this.name = name;
        this.limits = limits;
        this.meters = meters;
        for (int i = 0; i < limits.lanes(); i++) {
            Lane<I, R> lane = new Lane<>(vertx, database, name + "-" + i, batch, riderTables, meters);
            lanes.add(lane);
            idle.add(lane);
        }
        Gauge.builder("sluice.storage.queue", waiting, AtomicInteger::get)
                .tag("commit", name)
                .register(meters);
    }

    /** The item's answer, once it is durable. Fails with {@link Unavailable} if the queue is full. */
    public Future<R> submit(I item, List<Rider> riders) {
        if (waiting.incrementAndGet() > limits.maxQueue()) {
            waiting.decrementAndGet();
            meters.counter("sluice.storage.refused", "commit", name).increment();
            return Future.failedFuture(new Unavailable(name + " queue"));
        }
        Promise<R> answer = Promise.promise();
        context.runOnContext(onContext -> enqueue(new Pending<>(item, List.copyOf(riders), answer)));
        return Contexts.backTo(answer.future());
    }

    private void enqueue(Pending<I, R> pending) {
        if (isClosed) {
            waiting.decrementAndGet();
            pending.answer().fail(new Unavailable(name + " is closing"));
            return;
        }
        queue.add(pending);
        pump();
    }

    private void pump() {
        while (!queue.isEmpty() && !idle.isEmpty()) {
            Lane<I, R> lane = idle.remove();
            List<Pending<I, R>> items = new ArrayList<>(Math.min(queue.size(), limits.maxBatch()));
            while (!queue.isEmpty() && items.size() < limits.maxBatch()) {
                items.add(queue.remove());
            }
            waiting.addAndGet(-items.size());
            lane.run(items).onComplete(ended -> {
                if (ended.failed()) {
                    LOG.error("lane failed commit={}", name, ended.cause());
                    items.forEach(item -> item.answer().tryFail(ended.cause()));
                }
                idle.add(lane);
                pump();
            });
        }
        if (isClosed && queue.isEmpty() && idle.size() == lanes.size()) {
            drained.tryComplete();
        }
    }

    /** Takes no more items, commits those that wait, and closes the lanes. */
    public Future<Void> close() {
        context.runOnContext(onContext -> {
            isClosed = true;
            pump();
        });
        return drained.future()
                .compose(done -> Future.join(lanes.stream().map(Lane::close).toList()))
                .mapEmpty();
    }
}
