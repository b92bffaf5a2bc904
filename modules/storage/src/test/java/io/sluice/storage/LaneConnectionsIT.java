package io.sluice.storage;

import static io.sluice.storage.TestServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lane holds one connection, whatever it has lost, and none once it is closed: as the server counts them. */
final class LaneConnectionsIT extends OnAServer {

    private static final String OUT_OF_MEMORY = "do $$ begin raise exception 'no room' using errcode = '53200'; end $$";

    private Database database;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger toFail = new AtomicInteger();

    @BeforeEach
    void open() {
        // nobody asks its pool: all its connections are lanes'
        database = Database.open(vertx, TestServer.impatient(server.settings("sluice")));
    }

    @AfterEach
    void close() {
        await(database.close());
    }

    @Test
    void aLaneThatNothingHappensToKeepsItsOneConnection() throws SQLException {
        GroupCommit<Integer, Integer> commit = commit();
        for (int i = 0; i < 10; i++) {
            assertThat(await(commit.submit(i, List.of()))).isEqualTo(i);
        }
        assertThat(connections()).isEqualTo(1);
        await(commit.close());
        awaitConnections(0);
    }

    @Test
    void aConnectionThatIsGivenUpIsClosed() throws SQLException {
        GroupCommit<Integer, Integer> commit = commit();
        toFail.set(4);
        assertThat(await(commit.submit(1, List.of()))).isEqualTo(1);
        assertThat(meters.counter("sluice.storage.losses", "lane", "test-0").count())
                .as("each time the server said that it could not go on")
                .isEqualTo(4);
        awaitConnections(1);
        await(commit.close());
    }

    @Test
    void aConnectionThatComesTooLateIsUsedAndNotLeftBeside() throws Exception {
        GroupCommit<Integer, Integer> commit = commit();
        long postmaster = TestServer.pid(directory);
        TestServer.halt(postmaster);
        try {
            assertThatThrownBy(() -> await(commit.submit(1, List.of()))).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> await(commit.submit(2, List.of()))).isInstanceOf(Unavailable.class);
        } finally {
            TestServer.goOn(postmaster);
        }
        assertThat(await(commit.submit(3, List.of()))).isEqualTo(3);
        awaitConnections(1);
        await(commit.close());
        awaitConnections(0);
    }

    @Test
    void aConnectionThatComesAfterTheEndIsClosed() throws Exception {
        GroupCommit<Integer, Integer> commit = commit();
        long postmaster = TestServer.pid(directory);
        TestServer.halt(postmaster);
        try {
            assertThatThrownBy(() -> await(commit.submit(1, List.of()))).isInstanceOf(Unavailable.class);
            await(commit.close());
        } finally {
            TestServer.goOn(postmaster);
        }
        // the server takes them in their order: when a later one has been served, the late one has come
        GroupCommit<Integer, Integer> another = commit();
        assertThat(await(another.submit(2, List.of()))).isEqualTo(2);
        await(another.close());
        awaitConnections(0);
    }

    private GroupCommit<Integer, Integer> commit() {
        return new GroupCommit<>(
                vertx, database, "test", new GroupCommit.Limits(1, 100, 100), this::prepare, List.of(), meters);
    }

    private Future<Batch.Plan<Integer>> prepare(SqlConnection transaction, List<Integer> items) {
        boolean fails = toFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        return transaction.query(fails ? OUT_OF_MEMORY : "select 1").execute().map(ready -> new Echo(items));
    }

    private record Echo(List<Integer> answers) implements Batch.Plan<Integer> {
        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            return List.of();
        }
    }

    /** How many the server says there are, now. */
    private static int connections() throws SQLException {
        try (Connection connection = TestServer.connect(server);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select count(*) from pg_stat_activity where application_name = 'sluice'")) {
            assertThat(found.next()).isTrue();
            return found.getInt(1);
        }
    }

    /** The server takes a moment to see that somebody hung up. */
    private static void awaitConnections(int wanted) throws SQLException {
        int patience = 200;
        while (connections() != wanted && patience-- > 0) {
            await(vertx.timer(20));
        }
        assertThat(connections()).as("connections that are left").isEqualTo(wanted);
    }
}
