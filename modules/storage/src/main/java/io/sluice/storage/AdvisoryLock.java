package io.sluice.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A lock in a database that one node at a time can hold, for work that one is enough for. It lies on a connection of its own and
 * goes with it: a holder that dies, or is cut off from the database, does not hold it any more, and may not know that yet.
 * So what is done under it must bear being done by two.
 */
public final class AdvisoryLock {

    private final Database database;
    private final SqlConnection connection;
    private volatile boolean isHeld = true;

    private AdvisoryLock(Database database, SqlConnection connection) {
        this.database = database;
        this.connection = connection;
        connection.closeHandler(closed -> isHeld = false);
    }

    /** Takes the lock of this number; empty if another one holds it. */
    public static Future<Optional<AdvisoryLock>> tryTake(Database database, long number) {
        return database.connect()
                .compose(connection -> connection
                        .preparedQuery("select pg_try_advisory_lock($1)")
                        .execute(Tuple.of(number))
                        .timeout(database.settings().timeouts().answer().toMillis(), TimeUnit.MILLISECONDS)
                        .map(rows -> rows.iterator().next().getBoolean(0))
                        .transform(taken -> {
                            if (taken.succeeded() && taken.result()) {
                                return Future.succeededFuture(Optional.of(new AdvisoryLock(database, connection)));
                            }
                            return ended(database, connection, taken.cause() instanceof TimeoutException)
                                    .transform(closed -> taken.succeeded()
                                            ? Future.succeededFuture(Optional.empty())
                                            : Future.failedFuture(DatabaseUnavailable.translate(taken.cause())));
                        }));
    }

    /** Whether it is held as far as is known here. */
    public boolean isHeld() {
        return isHeld;
    }

    /** Lets the next one have it. */
    public Future<Void> release() {
        isHeld = false;
        return ended(database, connection, false);
    }

    private static Future<Void> ended(Database database, SqlConnection connection, boolean isSilent) {
        if (isSilent) {
            Connections.cut(connection);
            return Future.succeededFuture();
        }
        return Connections.close(connection, database.settings().timeouts().connect());
    }
}
