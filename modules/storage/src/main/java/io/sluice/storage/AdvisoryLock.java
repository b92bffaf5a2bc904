package io.sluice.storage;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * A lock in a database that one node at a time can hold, for work that one is enough for. It lies on a connection of its own and
 * goes with it: a holder that dies, or is cut off from the database, does not hold it any more, and may not know that yet.
 * So what is done under it must bear being done by two.
 */
public final class AdvisoryLock {

    private final Session session;

    private AdvisoryLock(Session session) {
        this.session = session;
    }

    /** Takes the lock of this number; empty if another one holds it. */
    public static Future<Optional<AdvisoryLock>> tryTake(Database database, long number) {
        return Session.open(database)
                .compose(session -> session.tryLock(number).transform(taken -> {
                    if (taken.succeeded() && taken.result()) {
                        return Future.succeededFuture(Optional.of(new AdvisoryLock(session)));
                    }
                    return session.close()
                            .transform(closed -> taken.succeeded()
                                    ? Future.succeededFuture(Optional.empty())
                                    : Future.failedFuture(taken.cause()));
                }));
    }

    /** Whether it is held as far as is known here. */
    public boolean isHeld() {
        return session.isOpen();
    }

    /** Lets the next one have it. */
    public Future<Void> release() {
        return session.close();
    }
}
