package io.sluice.storage;

import io.sluice.kernel.Unavailable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * The server cannot be reached, was lost, or took too long. Whether a write that was under way happened is not known, unless it
 * {@linkplain #isLate broke it off itself}.
 */
public final class DatabaseUnavailable extends Unavailable {

    private static final long serialVersionUID = 1L;

    public DatabaseUnavailable() {
        super("database");
    }

    /** The cause itself, or this if the cause means that the server is away or too slow. */
    static Throwable translate(Throwable cause) {
        return means(cause) || isLate(cause) ? new DatabaseUnavailable() : cause;
    }

    /** Whether the cause says that the connection or the server is gone, rather than that a statement was wrong. */
    static boolean means(Throwable cause) {
        return switch (cause) {
            case DatabaseUnavailable unavailable -> true;
            case ClosedConnectionException closed -> true;
            case IOException broken -> true;
            case TimeoutException late -> true;
            case PgException refused -> isAwayState(String.valueOf(refused.getSqlState()));
            default -> isAway(cause);
        };
    }

    // the driver has no types for these
    private static boolean isAway(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.startsWith("Connection is closed")
                || message.startsWith("Connection is not active")
                || message.startsWith("Pending requests failed to be sent")
                || message.startsWith("Connection pool reached max wait queue size")
                || message.startsWith("Timeout");
    }

    /** Whether the server broke a statement off that took too long: nothing came of it, and the connection is well. */
    static boolean isLate(Throwable cause) {
        // lock_not_available, query_canceled
        return cause instanceof PgException ended
                && ("55P03".equals(ended.getSqlState()) || "57014".equals(ended.getSqlState()));
    }

    // SQLSTATE classes: 08 connection exception, 53 insufficient resources, 57P operator intervention (shutdown,
    // start-up); 25P03 is a connection ended because its transaction lay idle
    private static boolean isAwayState(String sqlState) {
        return sqlState.startsWith("08")
                || sqlState.startsWith("53")
                || sqlState.startsWith("57P")
                || sqlState.equals("25P03");
    }
}
