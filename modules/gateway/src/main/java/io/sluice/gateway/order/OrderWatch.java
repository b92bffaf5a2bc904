package io.sluice.gateway.order;

import io.sluice.commerce.api.Orders;
import io.sluice.guard.Bus;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who waits for which order's next change: one subscription for the whole process, whatever the number of those who wait.
 * An announcement may get lost; whoever waits has a time-out or a heartbeat of their own.
 */
public final class OrderWatch {

    private final int maxWatchers;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<UUID, Set<Runnable>> watchers = new ConcurrentHashMap<>();

    public OrderWatch(int maxWatchers) {
        this.maxWatchers = maxWatchers;
    }

    public Future<Bus.Listening> start(Bus bus) {
        return bus.listen(
                Orders.CHANGED, id -> watchers.getOrDefault(id, Set.of()).forEach(Runnable::run));
    }

    /** Begins to watch; false if too many do already. */
    boolean add(UUID order, Runnable onChange) {
        if (count.incrementAndGet() > maxWatchers) {
            count.decrementAndGet();
            return false;
        }
        // within the map's own step, or the last one who leaves takes the set away from under the one who comes
        watchers.compute(order, (id, known) -> {
            Set<Runnable> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(onChange);
            return all;
        });
        return true;
    }

    void remove(UUID order, Runnable onChange) {
        watchers.computeIfPresent(order, (id, all) -> {
            if (all.remove(onChange)) {
                count.decrementAndGet();
            }
            return all.isEmpty() ? null : all;
        });
    }
}
