package io.sluice.stewardship;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Rider;
import io.sluice.storage.Batch;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Future;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A room whose effects are numbers, entered with leaves behind the hall's fence; and transactions to hold open by hand. */
final class Ground implements AutoCloseable {

    private final TownHall hall;
    private final Pool writers;
    private final GroupCommit<Integer, Boolean> room;

    Ground(TownHall hall) {
        this.hall = hall;
        DatabaseSettings settings = hall.database.settings();
        writers = PgBuilder.pool()
                .connectingTo(new PgConnectOptions()
                        .setHost(settings.host())
                        .setPort(settings.port())
                        .setDatabase(settings.database())
                        .setUser(settings.user())
                        .setPassword(settings.password()))
                .using(hall.vertx)
                .build();
        hall.sql("create table entry (n int primary key)");
        room = new GroupCommit<>(
                hall.vertx,
                hall.database,
                "ground",
                new GroupCommit.Limits(1, 50, 100),
                (transaction, items) -> Future.succeededFuture(new Entries(items)),
                List.of(hall.fence),
                new SimpleMeterRegistry());
    }

    Future<Boolean> enter(int n, Rider rider) {
        return room.submit(n, List.of(rider));
    }

    List<String> entries() {
        return hall.sql("select n from entry order by n");
    }

    Open begin() {
        SqlConnection connection = TownHall.await(writers.getConnection());
        return new Open(connection, TownHall.await(connection.begin()));
    }

    /** Returns when so many wait for a lock of the fence. */
    void awaitWaiters(int count) {
        for (int tries = 0; tries < 1000; tries++) {
            if (hall.sql("select 1 from pg_locks where locktype = 'advisory' and not granted")
                            .size()
                    >= count) {
                return;
            }
            TownHall.await(hall.vertx.timer(10, TimeUnit.MILLISECONDS));
        }
        assertThat(count).as("who should wait for the fence does not").isZero();
    }

    @Override
    public void close() {
        TownHall.await(room.close());
        TownHall.await(writers.close());
    }

    /** A transaction under way. */
    record Open(SqlConnection connection, Transaction transaction) {

        void run(String statement, Object... arguments) {
            TownHall.await(connection.preparedQuery(statement).execute(Tuple.from(arguments)));
        }

        void commit() {
            TownHall.await(transaction.commit());
            TownHall.await(connection.close());
        }
    }

    private record Entries(List<Integer> items) implements Batch.Plan<Boolean> {

        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            return List.of(transaction
                    .preparedQuery("insert into entry select unnest($1::int[])")
                    .execute(Tuple.of((Object) items.toArray(Integer[]::new))));
        }

        @Override
        public List<Boolean> answers() {
            return items.stream().map(item -> true).toList();
        }
    }
}
