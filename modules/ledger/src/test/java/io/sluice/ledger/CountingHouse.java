package io.sluice.ledger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Ids;
import io.sluice.kernel.Rider;
import io.sluice.storage.Batch;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.GroupCommit;
import io.sluice.testkit.PostgresFixture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in a database of its own, beside a room that enters numbers with the leaves that ride along: each number once, and
 * a negative one fails its transaction.
 */
public final class CountingHouse {

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final DatabaseSettings settings;
    public final Database database;
    public final PostgresLedger ledger;
    public final LedgerCheck check;
    final GroupCommit<Integer, Boolean> room;
    /** So many of the room's transactions lose their connection with everything written and nothing committed. */
    final AtomicInteger losses = new AtomicInteger();

    private final Pool writers;
    private final Ids ids = Ids.secure(InstantSource.system());

    public CountingHouse(Vertx vertx) {
        settings = PostgresFixture.freshDatabase("ledger");
        database = Database.open(vertx, settings);
        writers = PgBuilder.pool()
                .connectingTo(new PgConnectOptions()
                        .setHost(settings.host())
                        .setPort(settings.port())
                        .setDatabase(settings.database())
                        .setUser(settings.user())
                        .setPassword(settings.password()))
                .using(vertx)
                .build();
        ledger = ledger(vertx, new GroupCommit.Limits(2, 50, 100_000));
        check = new LedgerCheck(database);
        await(database.query("create table entry (n int primary key check (n >= 0))", Tuple.tuple()));
        room = new GroupCommit<>(
                vertx,
                database,
                "room",
                new GroupCommit.Limits(2, 50, 100_000),
                this::prepare,
                List.of(ledger.riderTable()),
                meters);
    }

    /** Another writer of the same ledger. */
    public PostgresLedger ledger(Vertx vertx, GroupCommit.Limits limits) {
        return new PostgresLedger(
                vertx,
                database,
                Uses.CATALOGUE,
                Uses.pseudonyms(),
                "node-1",
                ids::next,
                InstantSource.system(),
                limits,
                leaves -> leaves,
                meters);
    }

    LeafTable table(String lane) {
        return new LeafTable("node-1 " + lane, ids::next, InstantSource.system(), meters);
    }

    PendingLeaf leaf() {
        return (PendingLeaf) ledger.rider(Uses.inside());
    }

    Future<Boolean> enter(int n, Rider rider) {
        return room.submit(n, List.of(rider));
    }

    private Future<Batch.Plan<Boolean>> prepare(SqlConnection transaction, List<Integer> items) {
        return transaction
                .preparedQuery("select n from entry where n = any ($1)")
                .execute(Tuple.of((Object) items.toArray(Integer[]::new)))
                .map(rows -> {
                    Set<Integer> there = new HashSet<>();
                    rows.forEach(row -> there.add(row.getInteger(0)));
                    return new Entries(items, there);
                });
    }

    private final class Entries implements Batch.Plan<Boolean> {
        private final List<Integer> items;
        private final Set<Integer> there;

        Entries(List<Integer> items, Set<Integer> there) {
            this.items = items;
            this.there = there;
        }

        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            List<Future<?>> writes = new ArrayList<>();
            writes.add(transaction
                    .preparedQuery("insert into entry select unnest($1::int[])")
                    .execute(Tuple.of((Object)
                            items.stream().filter(item -> !there.contains(item)).toArray(Integer[]::new))));
            if (items.size() > 1 && losses.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                writes.add(transaction
                        .query("select pg_terminate_backend(pg_backend_pid())")
                        .execute());
            }
            return writes;
        }

        @Override
        public List<Boolean> answers() {
            return items.stream().map(item -> !there.contains(item)).toList();
        }
    }

    /** The verdicts, each of which must be that the shard is sound; the leaves in them. */
    long soundLeaves() {
        long leaves = 0;
        for (Verdict verdict : await(check.all())) {
            switch (verdict) {
                case Verdict.Sound sound -> leaves += sound.leaves();
                case Verdict.Wrong wrong -> throw new AssertionError("a ledger nobody touched is wrong: " + wrong);
            }
        }
        return leaves;
    }

    /** A connection outside all lanes. */
    public Future<SqlConnection> connection() {
        return writers.getConnection();
    }

    /** Runs the work in a transaction of its own, outside all lanes, and commits it if its Future succeeds. */
    public <T extends @Nullable Object> Future<@Nullable T> inTransaction(
            Function<SqlConnection, Future<@Nullable T>> work) {
        return writers.withTransaction(work);
    }

    /** Changes rows as nobody but a superuser can. */
    public void tamper(String... statements) {
        await(inTransaction(transaction -> {
            Future<?> done = transaction
                    .query("set local session_replication_role = replica")
                    .execute();
            for (String statement : statements) {
                done = done.compose(before -> transaction.query(statement).execute());
            }
            return done.mapEmpty();
        }));
    }

    public int count(String from) {
        return await(database.query("select count(*)::int from " + from, Tuple.tuple()))
                .iterator()
                .next()
                .getInteger(0);
    }

    public void close() {
        await(room.close());
        await(ledger.close());
        await(writers.close());
        await(database.close());
    }

    public static <T extends @Nullable Object> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("nothing came within thirty seconds", late);
        }
    }
}
