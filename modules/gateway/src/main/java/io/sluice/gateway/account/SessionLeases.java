package io.sluice.gateway.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.stewardship.api.Sessions;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Whether a session still goes on: asked once, and taken for true for a lease that begins when it is asked. A session that
 * has ended stays so and need not be asked for again within its lease either.
 */
final class SessionLeases {

    private final Function<UUID, Future<Boolean>> ask;
    private final long leaseNanos;
    private final LongSupplier nanoTime;
    private final Cache<UUID, Lease> leases;

    private record Lease(boolean goesOn, long untilNanos) {}

    /** @param ask whether a session goes on now */
    SessionLeases(Function<UUID, Future<Boolean>> ask, Duration lease, long maxKept, LongSupplier nanoTime) {
        this.ask = ask;
        this.leaseNanos = lease.toNanos();
        this.nanoTime = nanoTime;
        this.leases = Caffeine.newBuilder()
                .maximumSize(maxKept)
                .expireAfterWrite(lease)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** Asks stewardship over the bus. */
    static Function<UUID, Future<Boolean>> overBus(Bus bus) {
        return session -> bus.ask(Sessions.CHECK, Parcel.plain().with(StewardshipFields.SESSION_ID, session))
                .compose(Settled::outcome)
                .map(outcome -> outcome instanceof Outcome.Done<Sessions.Session>);
    }

    /** Fails if it cannot be told. */
    Future<Boolean> goesOn(UUID session) {
        Lease kept = leases.getIfPresent(session);
        long now = nanoTime.getAsLong();
        if (kept != null && now - kept.untilNanos < 0) {
            return Future.succeededFuture(kept.goesOn);
        }
        return ask.apply(session).map(goesOn -> keep(session, new Lease(goesOn, now + leaseNanos)).goesOn);
    }

    /** Marks a session as over, because we were told so; also for those who have asked about it and wait for the answer. */
    void end(UUID session) {
        keep(session, new Lease(false, nanoTime.getAsLong() + leaseNanos));
    }

    /** What holds of the session now: of two answers the one to the later question, and over if they were asked at once. */
    @CanIgnoreReturnValue
    private Lease keep(UUID session, Lease answered) {
        return leases.asMap().merge(session, answered, (known, other) -> {
            long later = known.untilNanos - other.untilNanos;
            return later > 0 || (later == 0 && !known.goesOn) ? known : other;
        });
    }
}
