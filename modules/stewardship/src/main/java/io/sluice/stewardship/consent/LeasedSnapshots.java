package io.sluice.stewardship.consent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.Snapshots;
import io.sluice.kernel.Lease;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Snapshots of persons that may be used for a lease, by both clocks, from the moment at which their load was asked for: whoever changed a
 * person's row, and then waited that long, knows that no node decides by the old one any more.
 *
 * <p>What is kept is bounded; what nobody asks for goes with its lease. Absence is not kept: who is not known now may be
 * known in a moment.
 */
public final class LeasedSnapshots implements Snapshots {

    /** The last quarter of a lease is not handed out: leaves have to become durable, and fields opened, within it. */
    private static final long RESERVE = 4;

    private final SubjectLookup rows;
    private final Duration lease;
    private final Duration reserve;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ClockAgreement clocks;
    private final Cache<SubjectId, SubjectSnapshot> cache;
    private final AtomicLong drops = new AtomicLong();
    private final AtomicLong heeded = new AtomicLong();
    private final Counter hits;
    private final Counter loads;

    LeasedSnapshots(
            SubjectLookup rows,
            SubjectSettings settings,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters) {
        this.rows = rows;
        this.lease = settings.lease();
        this.reserve = lease.dividedBy(RESERVE);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.clocks = new ClockAgreement(clock, nanoTime);
        this.cache = Caffeine.newBuilder()
                .maximumSize(settings.maxSnapshots())
                .expireAfterWrite(settings.lease())
                .ticker(nanoTime::getAsLong)
                .build();
        this.hits = meters.counter("sluice.snapshots.hits");
        this.loads = meters.counter("sluice.snapshots.loads");
    }

    /**
     * Snapshots from PostgreSQL.
     *
     * @param nanoTime monotonic time, the same that the guard decides by
     */
    public static LeasedSnapshots over(
            Vertx vertx,
            Database database,
            SubjectSettings settings,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters) {
        return new LeasedSnapshots(new SubjectRows(vertx, database, settings), settings, clock, nanoTime, meters);
    }

    @Override
    public Future<Optional<SubjectSnapshot>> of(SubjectId subject) {
        long partings = heedClocks();
        SubjectSnapshot kept = cache.getIfPresent(subject);
        if (kept != null
                && kept.lease().holdsAt(clock.instant().plus(reserve), nanoTime.getAsLong() + reserve.toNanos())) {
            hits.increment();
            return Future.succeededFuture(Optional.of(kept));
        }
        return load(subject, partings);
    }

    /**
     * A machine that slept, or was moved, may hold nothing that it knew before, nor what was on its way meanwhile. Whoever comes
     * while another is still forgetting forgets as well: nobody goes on with what is to be forgotten.
     *
     * @return how often that has been
     */
    private long heedClocks() {
        long partings = clocks.partings();
        if (partings > heeded.get()) {
            drops.incrementAndGet();
            cache.invalidateAll();
            heeded.accumulateAndGet(partings, Math::max);
        }
        return partings;
    }

    private Future<Optional<SubjectSnapshot>> load(SubjectId subject, long partingsBefore) {
        loads.increment();
        // taken before the question is sent, so that the lease errs on the short side
        Lease leased = Lease.of(clock.instant(), nanoTime.getAsLong(), lease);
        long dropsBefore = drops.get();
        return rows.find(subject).compose(found -> {
            long partings = heedClocks();
            if (partings != partingsBefore) {
                return load(subject, partings);
            }
            Optional<SubjectSnapshot> snapshot = found.map(row -> row.leased(leased));
            snapshot.ifPresent(fresh -> keep(subject, fresh, dropsBefore));
            return Future.succeededFuture(snapshot);
        });
    }

    /**
     * Whoever was dropped while this was on its way is read again by the next who asks. Compared where the cache holds the
     * person's entry: a drop that comes now waits, and then takes away what is kept here.
     */
    private void keep(SubjectId subject, SubjectSnapshot fresh, long dropsBefore) {
        cache.asMap().compute(subject, (same, kept) -> drops.get() == dropsBefore ? fresh : kept);
    }

    /** Forgets what is known of a person, because the row has changed. */
    public void drop(SubjectId subject) {
        drops.incrementAndGet();
        cache.invalidate(subject);
    }
}
