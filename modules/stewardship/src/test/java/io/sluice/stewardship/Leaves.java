package io.sluice.stewardship;

import io.sluice.guard.UseLedger;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Standing;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Use;
import io.sluice.storage.RiderTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger that remembers, and a table for the leaves that ride. */
final class Leaves implements UseLedger, RiderTable {

    final List<Use> appended = new CopyOnWriteArrayList<>();

    private static final class RidingLeaf implements Rider {
        private final Use use;
        private final UUID subject;
        private volatile boolean isCommitted;

        RidingLeaf(Use use) {
            this.use = use;
            this.subject = Objects.requireNonNull(use.buyer()).value();
        }

        @Override
        public void committed() {
            isCommitted = true;
        }

        @Override
        public boolean isCommitted() {
            return isCommitted;
        }

        @Override
        public List<Standing> standings() {
            return use.standings();
        }
    }

    @Override
    public Future<Void> append(Use use) {
        appended.add(use);
        return Future.succeededFuture();
    }

    @Override
    public Rider rider(Use use) {
        return new RidingLeaf(use);
    }

    /** The leaf of a use about which nothing else matters. */
    Rider rider(SubjectId person, Standing... standings) {
        return rider(new Use(
                Instant.EPOCH,
                person,
                null,
                null,
                Purpose.SHIPMENT,
                "order.place",
                "test",
                "order.place",
                false,
                FieldSet.NONE,
                FieldSet.NONE,
                Use.PERMIT,
                List.of(standings)));
    }

    @Override
    public Future<Void> settle(Rider rider) {
        return append(((RidingLeaf) rider).use);
    }

    @Override
    public boolean accepts(Rider rider) {
        return rider instanceof RidingLeaf;
    }

    @Override
    public Riding write(SqlConnection transaction, String lane, List<Rider> riders) {
        UUID[] subjects =
                riders.stream().map(rider -> ((RidingLeaf) rider).subject).toArray(UUID[]::new);
        Future<?> written = transaction
                .preparedQuery("insert into leaf select * from unnest($1::uuid[])")
                .execute(Tuple.of((Object) subjects));
        return new Riding() {
            @Override
            public Future<?> written() {
                return written;
            }

            @Override
            public void committed() {
                riders.forEach(Rider::committed);
            }

            @Override
            public void rolledBack() {}

            @Override
            public void unknown() {}
        };
    }
}
