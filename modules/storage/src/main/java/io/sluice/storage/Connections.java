package io.sluice.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections, also those that the server does not let go of.
 *
 * <p>The driver's own close says goodbye behind whatever is still unanswered, and then waits until the server hangs up. A server
 * that has stopped answering never does: its connection would stay, and with it every statement that waits on it.
 */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private Connections() {}

    /** Hangs up at once. Whatever waits for an answer on this connection fails, and what became of it is not known. */
    static void cut(SqlConnection connection) {
        if (!(connection instanceof SqlConnectionInternal driven)
                || !(driven.unwrap().unwrap() instanceof SocketConnectionBase line)) {
            throw new IllegalStateException("a connection that is not the driver's own: " + connection.getClass());
        }
        // from the pipeline's head: the driver's codec makes a polite goodbye of any close that passes it
        line.socket()
                .channelHandlerContext()
                .pipeline()
                .firstContext()
                .close()
                .addListener(ended -> LOG.debug("connection cut"));
        boolean isPooled = driven.unwrap() != line;
        if (!isPooled) {
            // frees what the driver keeps beside the line; a pool sees to that itself, and must not get this one back
            connection.close();
        }
    }

    /** Says goodbye, and hangs up if the server does not answer that in time. */
    static Future<Void> close(SqlConnection connection, Duration patience) {
        return connection
                .close()
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(silent -> {
                    cut(connection);
                    return Future.succeededFuture(); // it is closed all the same
                });
    }
}
