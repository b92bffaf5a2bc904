package io.sluice.storage;

import static io.sluice.storage.TestServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Locks that are never let go, and processes of the server that are halted in mid-transaction, their connections open: whoever
 * asks is told so in time, and lane and pool go on. Items are rows that are there from the start and are marked once each.
 */
final class SlowServerIT extends OnAServer {

    private static final int ITEMS = 20;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Database database;
    private GroupCommit<Integer, String> commit;
    private volatile boolean takesLocks = true;
    private volatile boolean haltsBeforeWriting;
    private volatile long halted;

    @BeforeEach
    void open() throws SQLException {
        run("drop table if exists item, mark");
        run("create table item (n int primary key)");
        run("create table mark (n int primary key)");
        run("insert into item select generate_series(0, " + (ITEMS - 1) + ")");
        database = Database.open(vertx, TestServer.impatient(server.settings("sluice")));
        commit = new GroupCommit<>(
                vertx, database, "test", new GroupCommit.Limits(1, 100, 1000), this::prepare, List.of(), meters);
    }

    @AfterEach
    void close() {
        await(commit.close());
        await(database.close());
    }

    @Test
    void anItemThatIsLockedIsNotAvailableAndTheOthersOfItsBatchAre() throws SQLException {
        List<Future<String>> answers;
        try (Connection holder = TestServer.connect(server)) {
            holder.setAutoCommit(false);
            execute(holder, "select from item where n = 7 for update");
            answers = submitTogether();
            for (int n = 0; n < ITEMS; n++) {
                assertThat(answers.get(n).succeeded()).as("item %d", n).isEqualTo(n != 7);
            }
            assertThat(answers.get(7).cause()).isInstanceOf(DatabaseUnavailable.class);
        }
        assertThat(await(commit.submit(7, List.of()))).as("once it is let go").isEqualTo("marked 7");
        assertThat(count("mark")).isEqualTo(ITEMS);
        assertThat(losses()).as("the server said so itself").isZero();
    }

    @Test
    void whereAllIsLockedNotEachItemIsWaitedFor() throws SQLException {
        List<Future<String>> answers;
        try (Connection holder = TestServer.connect(server)) {
            holder.setAutoCommit(false);
            execute(holder, "lock table item in access exclusive mode");
            answers = submitTogether();
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.cause()).isInstanceOf(DatabaseUnavailable.class));
        assertThat(meters.counter("sluice.storage.retries", "lane", "test-0").count())
                .as("each batch, and two items that stand for its rest")
                .isLessThan(ITEMS / 2);
        assertThat(submitTogether()).as("once it is let go").allMatch(Future::succeeded);
    }

    @Test
    void aStatementThatTakesTooLongIsNotAvailableAndOneThatTakesItsTimeIs() {
        assertThatThrownBy(() -> await(database.query("select pg_sleep(5)", Tuple.tuple())))
                .isInstanceOf(DatabaseUnavailable.class);
        await(database.query("select pg_sleep(0.2)", Tuple.tuple()));
        await(database.query("select set_config('statement_timeout', '0', false)", Tuple.tuple()));
        assertThatThrownBy(() -> await(database.query("select pg_sleep(5)", Tuple.tuple())))
                .as("also if the server lets it")
                .isInstanceOf(DatabaseUnavailable.class);
        await(database.ping());
    }

    @Test
    void aWriteWhoseConnectionFallsSilentIsLookedUpAndDoneOnce() throws SQLException {
        takesLocks = false;
        prepareStatements();
        haltsBeforeWriting = true;
        try {
            assertThat(await(commit.submit(1, List.of()))).isEqualTo("marked 1");
            assertThat(losses()).isEqualTo(1);
        } finally {
            TestServer.goOn(halted);
        }
        awaitEnd(halted);
        assertThat(count("mark"))
                .as("though the halted one has been told to commit it too")
                .isEqualTo(2);
    }

    @Test
    void aWriteThatFellSilentWithItsLocksInHandIsInDoubtAndTheLaneGoesOn() throws SQLException {
        prepareStatements();
        haltsBeforeWriting = true;
        try {
            assertThatThrownBy(() -> await(commit.submit(1, List.of()))).isInstanceOf(DatabaseUnavailable.class);
            assertThat(await(commit.submit(2, List.of()))).isEqualTo("marked 2");
        } finally {
            TestServer.goOn(halted);
        }
        awaitEnd(halted);
        assertThat(await(commit.submit(1, List.of())))
                .as("it had been told to commit before it was halted")
                .isEqualTo("old 1");
    }

    @Test
    void aReadWhoseConnectionFallsSilentIsNotAvailableAndThePoolGoesOn() throws SQLException {
        long backend = await(database.query("select pg_backend_pid()", Tuple.tuple()))
                .iterator()
                .next()
                .getInteger(0);
        TestServer.halt(backend);
        try {
            assertThatThrownBy(() -> await(database.ping())).isInstanceOf(DatabaseUnavailable.class);
            // it had room for one connection only
            await(database.ping());
        } finally {
            TestServer.goOn(backend);
        }
        awaitEnd(backend);
    }

    @Test
    void aServerThatFallsSilentAltogetherIsNotAvailableUntilItSpeaks() throws Exception {
        prepareStatements();
        long postmaster = TestServer.pid(directory);
        haltsBeforeWriting = true;
        TestServer.halt(postmaster);
        try {
            assertThatThrownBy(() -> await(commit.submit(2, List.of()))).isInstanceOf(DatabaseUnavailable.class);
            assertThatThrownBy(() -> await(database.ping())).isInstanceOf(DatabaseUnavailable.class);
        } finally {
            TestServer.goOn(postmaster);
            TestServer.goOn(halted);
        }
        awaitEnd(halted);
        assertThat(await(commit.submit(2, List.of())))
                .as("nobody knew; now it is looked up")
                .isEqualTo("old 2");
        assertThat(await(commit.submit(3, List.of()))).isEqualTo("marked 3");
        await(database.ping());
    }

    /** Of a prepared statement nothing is awaited: the write and the commit are with the server before it is halted. */
    private void prepareStatements() {
        assertThat(await(commit.submit(0, List.of()))).isEqualTo("marked 0");
    }

    /** While the first is under way the others gather behind it, and make one batch. */
    private List<Future<String>> submitTogether() {
        List<Future<String>> answers = new ArrayList<>();
        for (int n = 0; n < ITEMS; n++) {
            answers.add(commit.submit(n, List.of()));
        }
        await(Future.join(answers).otherwiseEmpty());
        return answers;
    }

    private Future<Batch.Plan<String>> prepare(SqlConnection tx, List<Integer> items) {
        Integer[] numbers = items.toArray(Integer[]::new);
        String lock = takesLocks ? " for update" : "";
        return tx.preparedQuery("select from item where n = any ($1) order by n" + lock)
                .execute(Tuple.of((Object) numbers))
                .compose(held -> tx.preparedQuery("select n from mark where n = any ($1)")
                        .execute(Tuple.of((Object) numbers)))
                .compose(found -> tx.query("select pg_backend_pid()").execute().map(own -> marks(items, found, own)));
    }

    private Marks marks(List<Integer> items, RowSet<Row> found, RowSet<Row> own) {
        Set<Integer> there = new HashSet<>();
        found.forEach(row -> there.add(row.getInteger(0)));
        return new Marks(items, there, own.iterator().next().getInteger(0));
    }

    private final class Marks implements Batch.Plan<String> {
        private final List<Integer> items;
        private final Set<Integer> there;
        private final long backend;

        Marks(List<Integer> items, Set<Integer> there, long backend) {
            this.items = items;
            this.there = there;
            this.backend = backend;
        }

        @Override
        public List<Future<?>> write(SqlConnection tx) {
            if (haltsBeforeWriting) {
                haltsBeforeWriting = false;
                halted = backend;
                TestServer.halt(backend);
            }
            return List.of(tx.preparedQuery("insert into mark select unnest($1::int[])")
                    .execute(Tuple.of((Object)
                            items.stream().filter(item -> !there.contains(item)).toArray(Integer[]::new))));
        }

        @Override
        public List<String> answers() {
            return items.stream()
                    .map(item -> (there.contains(item) ? "old " : "marked ") + item)
                    .toList();
        }
    }

    private double losses() {
        return meters.counter("sluice.storage.losses", "lane", "test-0").count();
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = TestServer.connect(server)) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute(sql)).as("a query").isEqualTo(sql.startsWith("select"));
        }
    }

    private static int count(String from) throws SQLException {
        try (Connection connection = TestServer.connect(server);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from " + from)) {
            assertThat(found.next()).isTrue();
            return found.getInt(1);
        }
    }

    /** A process that goes on finds its connection cut, behind all that had been said to it. */
    private static void awaitEnd(long backend) throws SQLException {
        int patience = 200;
        while (count("pg_stat_activity where pid = " + backend) > 0 && patience-- > 0) {
            await(vertx.timer(20));
        }
        assertThat(count("pg_stat_activity where pid = " + backend)).isZero();
    }
}
