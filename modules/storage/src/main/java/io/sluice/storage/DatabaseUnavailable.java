package io.sluice.storage;

import io.sluice.kernel.Unavailable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** The server cannot be reached, or was lost. Whether a write that was under way happened is not known. */
public final class DatabaseUnavailable extends Unavailable {

    private static final long serialVersionUID = 1L;

    public DatabaseUnavailable() {
        super("database");
    }

    /** The cause itself, or this if the cause means that the server is away. */
    static Throwable translate(Throwable cause) {
        return means(cause) ? new DatabaseUnavailable() : cause;
    }

    /** Whether the cause says that the connection or the server is gone, rather than that a statement was wrong. */
    static boolean means(Throwable cause) {
        return switch (cause) {
            case DatabaseUnavailable unavailable -> true;
            case ClosedConnectionException closed -> true;
            case IOException broken -> true;
            case TimeoutException late -> true;
            case PgException refused -> isAway(String.valueOf(refused.getSqlState()));
            default ->
                String.valueOf(cause.getMessage()).startsWith("Connection is closed")
                        || String.valueOf(cause.getMessage()).startsWith("Timeout");
        };
    }

    // SQLSTATE classes: 08 connection exception, 53 insufficient resources, 57P operator intervention (shutdown,
    // start-up)
    private static boolean isAway(String sqlState) {
        return sqlState.startsWith("08") || sqlState.startsWith("53") || sqlState.startsWith("57P");
    }
}
