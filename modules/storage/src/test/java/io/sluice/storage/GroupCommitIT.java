package io.sluice.storage;

import static io.sluice.storage.TestServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Standing;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Items are numbers that are inserted once each; a negative one makes its transaction fail; a repeated one is answered alike. */
final class GroupCommitIT extends OnAServer {

    private static final int UNDECODABLE = 1_000_001;
    private static final int UNSPEAKABLE = 1_000_002;
    private static final int UNSENDABLE = 1_000_003;

    private Database database;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger transactions = new AtomicInteger();
    private final AtomicInteger toKill = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private Optional<Throwable> toFail = Optional.empty();

    @BeforeEach
    void open() {
        database = Database.open(vertx, server.settings("sluice"));
        run("drop table if exists item, rider");
        run("create table item (n int primary key check (n >= 0))");
        run("create table rider (lane text, n int)");
    }

    @AfterEach
    void close() {
        await(database.close());
    }

    @Test
    void itemsThatArriveTogetherShareTransactionsAndEachHasItsAnswer() {
        GroupCommit<Integer, String> commit = commit(2, 1000);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(commit.submit(i, List.of()));
        }
        await(Future.all(answers));
        for (int i = 0; i < 500; i++) {
            assertThat(answers.get(i).result()).isEqualTo("new " + i);
        }
        assertThat(count("item")).isEqualTo(500);
        assertThat(transactions.get()).isLessThan(100);
    }

    @Test
    void oneBadItemFailsAloneWithItsOwnCause() {
        GroupCommit<Integer, String> commit = commit(1, 1000);
        List<Future<String>> answers = new ArrayList<>();
        for (int n : List.of(1, 2, -3, 4, 5)) {
            answers.add(commit.submit(n, List.of()));
        }
        await(Future.join(answers).otherwiseEmpty());
        assertThat(answers.get(2).cause())
                .isInstanceOfSatisfying(
                        PgException.class,
                        cause -> assertThat(cause.getSqlState()).isEqualTo("23514"));
        assertThat(answers.stream().filter(Future::succeeded)).hasSize(4);
        assertThat(count("item")).isEqualTo(4);
    }

    @Test
    void anItemWhoseRowsCannotBeDecodedFailsAlone() {
        for (Throwable undecodable : List.of(new IllegalStateException("no such form"), new IOException("torn"))) {
            run("truncate item");
            toFail = Optional.of(undecodable);
            GroupCommit<Integer, String> commit = commit(1, 1000);
            List<Future<String>> answers = new ArrayList<>();
            for (int n : List.of(1, 2, UNDECODABLE, 4, 5)) {
                answers.add(commit.submit(n, List.of()));
            }
            await(Future.join(answers).otherwiseEmpty());
            assertThat(answers.get(2).cause()).isSameAs(undecodable);
            assertThat(answers.stream().filter(Future::succeeded)).hasSize(4);
            assertThat(count("item")).isEqualTo(4);
        }
        assertThat(meters.counter("sluice.storage.losses", "lane", "test-0").count())
                .as("no fault of the server's, whatever it looks like")
                .isZero();
    }

    @Test
    void anItemWhoseAnswerCannotBeMadeFailsAlone() {
        GroupCommit<Integer, String> commit = commit(1, 1000);
        List<Future<String>> answers = new ArrayList<>();
        for (int n : List.of(1, 2, UNSPEAKABLE, 4, 5)) {
            answers.add(commit.submit(n, List.of()));
        }
        await(Future.join(answers).otherwiseEmpty());
        assertThat(answers.get(2).cause()).hasMessage("unspeakable");
        assertThat(answers.stream().filter(Future::succeeded)).hasSize(4);
    }

    @Test
    void ridersAreInDoubtIfAWriteBesideThemNeverLeft() {
        GroupCommit<Integer, String> commit = commit(1, 1000);
        NumberedRider rider = new NumberedRider(UNSENDABLE);
        assertThatThrownBy(() -> await(commit.submit(UNSENDABLE, List.of(rider))))
                .isInstanceOf(VertxException.class);
        assertThat(count("rider"))
                .as("the server knew of no failure, and committed")
                .isEqualTo(1);
        assertThat(unknown.get())
                .as("so it was not told that they were rolled back")
                .isEqualTo(1);
    }

    @Test
    void aRepeatedItemIsAnsweredAndNotDoneAgain() {
        GroupCommit<Integer, String> commit = commit(1, 1000);
        assertThat(await(commit.submit(7, List.of()))).isEqualTo("new 7");
        assertThat(await(commit.submit(7, List.of()))).isEqualTo("old 7");
        assertThat(count("item")).isEqualTo(1);
    }

    @Test
    void ridersAreCommittedOnceWithTheirItemAlsoWhenTheBatchIsRunAgain() {
        GroupCommit<Integer, String> commit = commit(1, 1000);
        List<NumberedRider> riders = new ArrayList<>();
        List<Future<String>> answers = new ArrayList<>();
        for (int n : List.of(1, -2, 3)) {
            NumberedRider rider = new NumberedRider(n);
            riders.add(rider);
            answers.add(commit.submit(n, List.of(rider)));
        }
        await(Future.join(answers).otherwiseEmpty());
        assertThat(riders.stream().map(NumberedRider::isCommitted)).containsExactly(true, false, true);
        assertThat(count("rider")).isEqualTo(2);
    }

    @Test
    void aRiderThatBelongsNowhereFailsItsItem() {
        GroupCommit<Integer, String> commit = commit(1, 1000);
        assertThatThrownBy(() -> await(commit.submit(1, List.of(new StrayRider()))))
                .hasMessageContaining("belongs to no table");
        assertThat(count("item")).isZero();
    }

    @Test
    void aConnectionKilledInMidTransactionLosesNothingAndDoublesNothing() {
        GroupCommit<Integer, String> commit = commit(2, 100_000);
        toKill.set(4);
        List<Future<String>> answers = new ArrayList<>();
        List<NumberedRider> riders = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            NumberedRider rider = new NumberedRider(i);
            riders.add(rider);
            answers.add(commit.submit(i, List.of(rider)));
        }
        await(Future.all(answers));
        assertThat(toKill.get()).as("connections were killed").isZero();
        assertThat(count("item")).isEqualTo(2000);
        assertThat(count("rider")).isEqualTo(2000);
        assertThat(riders).allMatch(NumberedRider::isCommitted);
    }

    @Test
    void pastItsLimitTheQueueRefusesAtOnce() {
        GroupCommit<Integer, String> commit = commit(1, 3);
        List<Future<String>> answers = new ArrayList<>();
        vertx.runOnContext(onContext -> {
            for (int i = 0; i < 50; i++) {
                synchronized (answers) {
                    answers.add(commit.submit(i, List.of()));
                }
            }
        });
        await(vertx.timer(200).compose(waited -> Future.join(answers).otherwiseEmpty()));
        assertThat(answers).hasSize(50).anyMatch(answer -> answer.failed() && answer.cause() instanceof Unavailable);
        long done = answers.stream().filter(Future::succeeded).count();
        assertThat(count("item")).isEqualTo((int) done);
    }

    @Test
    void closingCommitsWhatWaitsAndTakesNoMore() {
        GroupCommit<Integer, String> commit = commit(1, 1000);
        Future<String> last = commit.submit(1, List.of());
        await(commit.close());
        assertThat(await(last)).isEqualTo("new 1");
        assertThatThrownBy(() -> await(commit.submit(2, List.of()))).isInstanceOf(Unavailable.class);
    }

    private GroupCommit<Integer, String> commit(int lanes, int maxQueue) {
        return new GroupCommit<>(
                vertx,
                database,
                "test",
                new GroupCommit.Limits(lanes, 100, maxQueue),
                this::prepare,
                List.of(new NumberedRiders()),
                meters);
    }

    private Future<Batch.Plan<String>> prepare(SqlConnection tx, List<Integer> items) {
        transactions.incrementAndGet();
        Integer[] numbers = items.toArray(Integer[]::new);
        return tx.preparedQuery("select n from item where n = any ($1)")
                .execute(Tuple.of(numbers))
                .compose(rows -> items.contains(UNDECODABLE)
                        ? Future.failedFuture(toFail.orElseThrow())
                        : Future.succeededFuture(rows))
                .map(rows -> {
                    Set<Integer> there = new HashSet<>();
                    rows.forEach(row -> there.add(row.getInteger(0)));
                    return new Insert(items, there);
                });
    }

    private final class Insert implements Batch.Plan<String> {
        private final List<Integer> items;
        private final Set<Integer> there;

        Insert(List<Integer> items, Set<Integer> there) {
            this.items = items;
            this.there = there;
        }

        @Override
        public List<Future<?>> write(SqlConnection tx) {
            List<Future<?>> writes = new ArrayList<>();
            if (toKill.get() > 0 && items.size() > 1) {
                toKill.decrementAndGet();
                writes.add(tx.query("select pg_terminate_backend(pg_backend_pid())")
                        .execute());
            }
            if (items.contains(UNSENDABLE)) {
                writes.add(tx.preparedQuery("insert into item values ($1)").execute(Tuple.of("no number")));
                return writes;
            }
            writes.add(tx.preparedQuery("insert into item select unnest($1::int[])")
                    .execute(Tuple.of(items.stream()
                            .filter(item -> !there.contains(item))
                            .distinct()
                            .toArray(Integer[]::new))));
            return writes;
        }

        @Override
        public List<String> answers() {
            if (items.contains(UNSPEAKABLE)) {
                throw new IllegalStateException("unspeakable");
            }
            return items.stream()
                    .map(item -> (there.contains(item) ? "old " : "new ") + item)
                    .toList();
        }
    }

    private static final class NumberedRider implements Rider {
        private final int number;
        private volatile boolean isCommitted;

        NumberedRider(int number) {
            this.number = number;
        }

        @Override
        public void committed() {
            assertThat(isCommitted).as("committed twice").isFalse();
            isCommitted = true;
        }

        @Override
        public boolean isCommitted() {
            return isCommitted;
        }

        @Override
        public List<Standing> standings() {
            return List.of();
        }
    }

    private static final class StrayRider implements Rider {
        @Override
        public void committed() {
            throw new AssertionError("a stray rider must not be committed");
        }

        @Override
        public boolean isCommitted() {
            return false;
        }

        @Override
        public List<Standing> standings() {
            return List.of();
        }
    }

    private final class NumberedRiders implements RiderTable {
        @Override
        public boolean accepts(Rider rider) {
            return rider instanceof NumberedRider;
        }

        @Override
        public Riding write(SqlConnection tx, String lane, List<Rider> riders) {
            Integer[] numbers =
                    riders.stream().map(rider -> ((NumberedRider) rider).number).toArray(Integer[]::new);
            // a rider's row must not outlive a lost transaction twice: the item's own look-up says whether it was
            // committed
            Future<?> written = tx.preparedQuery("""
                            insert into rider select $1, n from unnest($2::int[]) as t (n)
                            where not exists (select from rider r where r.n = t.n)""").execute(Tuple.of(lane, (Object) numbers));
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
                public void rolledBack() {
                    assertThat(riders).noneMatch(Rider::isCommitted);
                }

                @Override
                public void unknown() {
                    unknown.incrementAndGet();
                    assertThat(riders).noneMatch(Rider::isCommitted);
                }
            };
        }
    }

    private void run(String sql) {
        await(database.query(sql, Tuple.tuple()));
    }

    private int count(String table) {
        return await(database.query("select count(*)::int from " + table, Tuple.tuple()))
                .iterator()
                .next()
                .getInteger(0);
    }
}
