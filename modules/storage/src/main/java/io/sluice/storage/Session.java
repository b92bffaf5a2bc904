package io.sluice.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of its own, for whoever needs the same session each time: locks that the server ties to it last as long as it
 * does. It is not made anew: once it is lost, so is everything that it held, and its owner has to begin again with another.
 *
 * <p>One piece of work at a time. Failures are {@link DatabaseUnavailable} where the server is away or too slow; what keeps
 * silent for the database's {@code answer} time-out is cut.
 */
public final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Database database;
    private final SqlConnection connection;
    private volatile boolean isOpen = true;

    private Session(Database database, SqlConnection connection) {
        this.database = database;
        this.connection = connection;
        connection.closeHandler(closed -> isOpen = false);
    }

    public static Future<Session> open(Database database) {
        return database.connect()
                .timeout(database.settings().timeouts().connect().toMillis(), TimeUnit.MILLISECONDS)
                .map(connection -> new Session(database, connection))
                .recover(Session::unavailable);
    }

    /** Whether nothing is known of its end. */
    public boolean isOpen() {
        return isOpen;
    }

    public Future<RowSet<Row>> query(String sql, Tuple arguments) {
        return inTime(connection.preparedQuery(sql).execute(arguments));
    }

    /** Takes the advisory lock of this number for as long as the session lasts, if nobody holds it; whether it did. */
    public Future<Boolean> tryLock(long number) {
        return query("select pg_try_advisory_lock($1)", Tuple.of(number))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Commits if the work's Future succeeds, and rolls back if it fails. If COMMIT itself fails, its fate is not known. */
    public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        Future<T> done = connection.query("begin").execute().compose(begun -> work.apply(connection));
        return inTime(done.transform(ended -> connection
                .query(ended.succeeded() ? "commit" : "rollback")
                .execute()
                .compose(over -> ended.succeeded()
                        ? Future.succeededFuture(ended.result())
                        : Future.failedFuture(ended.cause()))));
    }

    private <T> Future<T> inTime(Future<T> answer) {
        return answer.timeout(database.settings().timeouts().answer().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> {
                    if (cause instanceof TimeoutException) {
                        LOG.warn("server silent, session cut database={}", database.settings());
                        cut();
                    }
                })
                .recover(Session::unavailable);
    }

    private static <T> Future<T> unavailable(Throwable cause) {
        return Future.failedFuture(DatabaseUnavailable.translate(cause));
    }

    /** Ends it at once, whatever is under way on it. */
    public void cut() {
        if (isOpen) {
            isOpen = false;
            Connections.cut(connection);
        }
    }

    /** Ends it. */
    public Future<Void> close() {
        if (!isOpen) {
            return Future.succeededFuture();
        }
        isOpen = false;
        return Connections.close(connection, database.settings().timeouts().connect());
    }
}
