package io.sluice.storage;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a database may take before it counts as away. The server keeps to the first three itself, as long as it is well; the
 * others are ours, for a server that is not.
 *
 * @param lock the server ends a statement that waits longer for a lock
 * @param statement the server ends a statement that takes longer
 * @param idleTransaction the server ends a connection that leaves its transaction open for so long without a word
 * @param answer a statement of its own, or one try at a lane's transaction, that takes longer counts as lost, and its connection
 *     is cut; longer than {@code statement}, so that the server may say for itself what became of it
 * @param connect a connection, made or from the pool, that does not come in time is not waited for
 */
public record DatabaseTimeouts(
        Duration lock, Duration statement, Duration idleTransaction, Duration answer, Duration connect) {

    private static final Duration LONGEST = Duration.ofDays(1);

    public DatabaseTimeouts {
        // to the server zero means for ever, and so does nothing shorter than a millisecond
        if (lock.toMillis() < 1 || idleTransaction.toMillis() < 1 || connect.toMillis() < 1) {
            throw new IllegalArgumentException("a database's time-outs must be longer than nothing");
        }
        if (Stream.of(answer, idleTransaction, connect).anyMatch(each -> each.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("a database's time-outs must not exceed a day");
        }
        if (statement.compareTo(lock) <= 0) {
            throw new IllegalArgumentException("statement_timeout must exceed lock_timeout");
        }
        if (answer.compareTo(statement) <= 0) {
            throw new IllegalArgumentException("answer_timeout must exceed statement_timeout");
        }
    }

    /** Short enough that somebody who waits for an answer over the bus is told before giving up. */
    public static DatabaseTimeouts standard() {
        return new DatabaseTimeouts(
                Duration.ofSeconds(2),
                Duration.ofSeconds(6),
                Duration.ofSeconds(10),
                Duration.ofSeconds(8),
                Duration.ofSeconds(5));
    }
}
