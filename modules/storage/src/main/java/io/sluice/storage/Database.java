package io.sluice.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL database. Recovers by itself when the server comes back: connections are made anew as they are needed.
 * Failures are {@link DatabaseUnavailable} where the server is away or too slow, and the driver's own where a statement is wrong.
 */
public final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final Vertx vertx;
    private final DatabaseSettings settings;
    private final Pool pool;
    private final AtomicInteger inHand = new AtomicInteger();
    private final Promise<Void> quiet = Promise.promise();
    private volatile boolean isClosed;

    private Database(Vertx vertx, DatabaseSettings settings, Pool pool) {
        this.vertx = vertx;
        this.settings = settings;
        this.pool = pool;
    }

    /** Opens a pool; connects when first asked. */
    public static Database open(Vertx vertx, DatabaseSettings settings) {
        PoolOptions options = new PoolOptions()
                .setMaxSize(settings.poolSize())
                .setMaxWaitQueueSize(settings.maxWaiting())
                .setConnectionTimeout((int) settings.timeouts().connect().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        Pool pool = PgBuilder.pool()
                .with(options)
                .connectingTo(settings.connectOptions())
                .using(vertx)
                .build();
        return new Database(vertx, settings, pool);
    }

    public DatabaseSettings settings() {
        return settings;
    }

    /** Runs one statement of its own. */
    public Future<RowSet<Row>> query(String sql, Tuple arguments) {
        if (isClosed) {
            return Future.failedFuture(new DatabaseUnavailable());
        }
        inHand.incrementAndGet();
        return pool.getConnection()
                .compose(connection ->
                        inTime(connection, connection.preparedQuery(sql).execute(arguments)))
                .recover(this::unavailable)
                .onComplete(ended -> {
                    if (inHand.decrementAndGet() == 0 && isClosed) {
                        quiet.tryComplete();
                    }
                });
    }

    /** A connection that keeps silent for so long would keep silent to the next one too: it does not go back to the pool. */
    private <T> Future<T> inTime(SqlConnection connection, Future<T> answer) {
        return answer.timeout(settings.timeouts().answer().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(ended -> {
                    if (ended.cause() instanceof TimeoutException) {
                        LOG.warn("server silent, connection cut database={}", settings);
                        Connections.cut(connection);
                    } else {
                        connection.close();
                    }
                });
    }

    /** A connection outside the pool, for a lane that keeps it and waits for it no longer than it will. */
    Future<SqlConnection> connect() {
        return PgConnection.connect(vertx, settings.connectOptions())
                .<SqlConnection>map(connection -> connection)
                .recover(this::unavailable);
    }

    /**
     * The same failure by the name that the rooms know. Once this is closed, whatever is not the server's own word comes of
     * that, in as many words as the driver has places to notice it.
     */
    private <T> Future<T> unavailable(Throwable cause) {
        boolean isOurEnd = isClosed && !(cause instanceof PgException);
        return Future.failedFuture(isOurEnd ? new DatabaseUnavailable() : DatabaseUnavailable.translate(cause));
    }

    /** Succeeds if the server answers. */
    public Future<Void> ping() {
        return query("select 1", Tuple.tuple()).mapEmpty();
    }

    /**
     * Whoever asks from now on is told that the database is not available. What was asked before is answered first: a pool that is
     * closed while somebody waits for one of its connections may forget them.
     */
    public Future<Void> close() {
        isClosed = true;
        if (inHand.get() == 0) {
            quiet.tryComplete();
        }
        return quiet.future()
                .timeout(settings.timeouts().answer().toMillis(), TimeUnit.MILLISECONDS)
                .transform(ended -> pool.close());
    }
}
