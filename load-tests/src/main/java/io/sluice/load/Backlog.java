package io.sluice.load;

import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;

/**
 * What accepted orders still have to go through: payments, parcels, partners' callbacks. It goes on after a turn of ours, and
 * would then take processors from the next one's turn; so it is put off.
 */
final class Backlog {

    private static final int LOOKS = 120;
    private static final int CALM_LOOKS = 3;
    private static final long LOOK_EVERY_MILLIS = 500;

    private final Server server;
    private final Vertx vertx;

    Backlog(Server server, Vertx vertx) {
        this.server = server;
        this.vertx = vertx;
    }

    /** @param done steps carried out so far @param pending steps that wait or are under way */
    record Steps(long done, long pending) {}

    Steps steps() throws SQLException {
        return new Steps(
                server.count(Server.DATA, "select count(*) from commerce.step where done_at is not null"),
                server.count(Server.DATA, "select count(*) from commerce.step where done_at is null"));
    }

    /** Makes due, all at once, what was put off; how much there is. */
    long bringBack() throws SQLException {
        server.run(
                Server.DATA, "update commerce.step set due_at = now() where done_at is null and lease_until is null");
        return server.count(
                Server.DATA, "select count(*) from commerce.step where done_at is null and due_at <= now()");
    }

    /** Puts everything off by a day, as the product puts off what cannot be done now, and waits for what is under way. */
    void putOff() throws SQLException, TimeoutException {
        int calm = 0;
        for (int look = 0; look < LOOKS && calm < CALM_LOOKS; look++) {
            server.run(Server.DATA, """
                    update commerce.step set due_at = now() + interval '1 day'
                    where done_at is null and lease_until is null and due_at < now() + interval '1 hour'""");
            long busy = server.count(Server.DATA, """
                    select (select count(*) from commerce.step where done_at is null and due_at < now() + interval '1 hour')
                        + (select count(*) from commerce.inbox where processed_at is null)""");
            calm = busy == 0 ? calm + 1 : 0;
            Pause.of(vertx, LOOK_EVERY_MILLIS);
        }
        if (calm < CALM_LOOKS) {
            throw new BenchFailed("the node is still at work on orders a minute after its turn");
        }
        // what was put off has left dead entries in front of the index by which the node looks for due steps
        server.run(Server.DATA, "vacuum commerce.step");
    }
}
