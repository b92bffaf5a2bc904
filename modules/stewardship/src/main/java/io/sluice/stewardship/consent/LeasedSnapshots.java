package io.sluice.stewardship.consent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.Snapshots;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Snapshots of persons that may be used for a lease from the moment at which their load was asked for: whoever changed a
 * person's row, and then waited that long, knows that no node decides by the old one any more.
 *
 * <p>Loads of one person that overlap are one load. What is kept is bounded; what nobody asks for goes with its lease.
 */
public final class LeasedSnapshots implements Snapshots {

    private final SubjectLookup rows;
    private final long leaseNanos;
    private final LongSupplier nanoTime;
    private final ClockAgreement clocks;
    private final Cache<SubjectId, SubjectSnapshot> cache;
    private final Map<SubjectId, Load> loading = new ConcurrentHashMap<>();
    private final Counter hits;
    private final Counter loads;

    /** A load on its way, by identity: after {@link #drop} its result is no longer kept. */
    private static final class Load {
        private final Future<Optional<SubjectSnapshot>> result;

        private Load(Future<Optional<SubjectSnapshot>> result) {
            this.result = result;
        }
    }

    LeasedSnapshots(
            SubjectLookup rows,
            Duration lease,
            long maxKept,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters) {
        this.rows = rows;
        this.leaseNanos = lease.toNanos();
        this.nanoTime = nanoTime;
        this.clocks = new ClockAgreement(clock, nanoTime);
        this.cache = Caffeine.newBuilder()
                .maximumSize(maxKept)
                .expireAfterWrite(lease)
                .ticker(nanoTime::getAsLong)
                .build();
        this.hits = meters.counter("sluice.snapshots.hits");
        this.loads = meters.counter("sluice.snapshots.loads");
    }

    @Override
    public Future<Optional<SubjectSnapshot>> of(SubjectId subject) {
        if (!clocks.holds()) {
            dropAll();
        }
        SubjectSnapshot kept = cache.getIfPresent(subject);
        if (kept != null && kept.isFreshAt(nanoTime.getAsLong())) {
            hits.increment();
            return Future.succeededFuture(Optional.of(kept));
        }
        Load underway = loading.get(subject);
        return underway == null ? load(subject) : underway.result;
    }

    private Future<Optional<SubjectSnapshot>> load(SubjectId subject) {
        loads.increment();
        // before the question is sent, so that the lease errs on the short side
        long leaseUntil = nanoTime.getAsLong() + leaseNanos;
        Future<Optional<SubjectSnapshot>> result =
                rows.find(subject).map(row -> row.map(found -> found.leasedUntil(leaseUntil)));
        Load load = new Load(result);
        loading.put(subject, load);
        return result.onComplete(loaded -> {
            // a load that a drop or a later load has pushed aside is answered to those who wait for it, and not kept
            boolean isCurrent = loading.remove(subject, load);
            if (isCurrent && loaded.succeeded()) {
                loaded.result().ifPresent(snapshot -> cache.put(subject, snapshot));
            }
        });
    }

    /** Forgets what is known of a person, because the row has changed. */
    public void drop(SubjectId subject) {
        loading.remove(subject);
        cache.invalidate(subject);
    }

    private void dropAll() {
        loading.clear();
        cache.invalidateAll();
    }
}
