package io.sluice.stewardship.consent;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Standing;
import io.sluice.storage.RiderTable;
import io.sluice.storage.Superseded;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Stands before another table of riders: in the transaction that writes them, and commits the effects that they tell of, it
 * holds every person's standing against the person's row. If one has fallen the transaction fails with {@link Superseded}, so
 * that after a withdrawal has been committed no effect is committed under what it took away, wherever its node stood still
 * (clause D5). How the two sides meet: {@code V3__fence.sql}. Likewise if the law that a decision was made by has been followed by
 * another since, by the database's clock (clause E2): {@code V7__law_fence.sql}.
 */
public final class ConsentFence implements RiderTable {

    private final RiderTable fenced;
    private final Duration effectWithin;
    private final Counter late;

    /** @param effectWithin the time within which a change takes effect on every node: a later decision by the old row is a fault */
    public ConsentFence(RiderTable fenced, Duration effectWithin, MeterRegistry meters) {
        this.fenced = fenced;
        this.effectWithin = effectWithin;
        this.late = meters.counter("sluice.consent.late-decisions");
    }

    @Override
    public boolean accepts(Rider rider) {
        return fenced.accepts(rider);
    }

    @Override
    public Riding write(SqlConnection transaction, String lane, List<Rider> riders) {
        List<Standing> standings =
                riders.stream().flatMap(rider -> rider.standings().stream()).toList();
        if (standings.isEmpty()) {
            return fenced.write(transaction, lane, riders);
        }
        Future<?> held = held(transaction, standings);
        Future<?> lawful = standings.stream()
                .flatMap(standing -> Stream.ofNullable(standing.lawfulUntil()))
                .min(Comparator.naturalOrder())
                .<Future<?>>map(until -> lawful(transaction, until))
                .orElseGet(Future::succeededFuture);
        return new Behind(Future.all(held, lawful), fenced.write(transaction, lane, riders));
    }

    private static Future<?> lawful(SqlConnection transaction, Instant until) {
        return transaction
                .preparedQuery("select stewardship.require_law($1)")
                .execute(Tuple.of(until.atOffset(ZoneOffset.UTC)));
    }

    private Future<?> held(SqlConnection transaction, List<Standing> standings) {
        UUID[] subjects =
                standings.stream().map(standing -> standing.subject().value()).toArray(UUID[]::new);
        Long[] versions = standings.stream().map(Standing::version).toArray(Long[]::new);
        OffsetDateTime[] times = standings.stream()
                .map(standing -> standing.decidedAt().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
        return transaction
                .preparedQuery("select stewardship.require_standing($1::uuid[], $2::bigint[], $3::timestamptz[])")
                .execute(Tuple.of(subjects, versions, times))
                .onFailure(this::countIfLate);
    }

    private void countIfLate(Throwable cause) {
        if (cause instanceof PgException raised && Superseded.means(raised)) {
            BigDecimal seconds = new BigDecimal(raised.getDetail());
            if (seconds.compareTo(BigDecimal.valueOf(effectWithin.toMillis(), 3)) > 0) {
                late.increment();
            }
        }
    }

    /** The riders' rows, written only where the fence holds. */
    private record Behind(Future<?> held, Riding riding) implements Riding {

        @Override
        public Future<?> written() {
            return Future.all(held, riding.written());
        }

        @Override
        public void committed() {
            riding.committed();
        }

        @Override
        public void rolledBack() {
            riding.rolledBack();
        }

        @Override
        public void unknown() {
            riding.unknown();
        }
    }
}
