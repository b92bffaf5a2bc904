package io.sluice.ledger.log;

import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * The name under which a log's heads are signed. A database that was put back to an earlier state goes on under another one, so
 * that no size of a log ever has two heads.
 */
public final class LogName {

    // a sequencer at work is over with its epoch
    private static final String RENEW = """
            with next as (
                update ledger.sequencer as s set epoch = s.epoch + 1, log = gen_random_uuid()
                from ledger.sequencer as before returning s.epoch, s.log, before.log as former)
            , noted as (insert into ledger.epoch (epoch, node, at, log) select epoch, $1, $2, log from next)
            select former, log, (select coalesce(max(size), 0) from ledger.head) from next""";

    private LogName() {}

    /**
     * That a log has got a new name.
     *
     * @param entries up to which it is the former one's
     */
    public record Renewed(UUID former, UUID name, long entries) {}

    /**
     * Gives the log of this database a new name: what it holds stays, and is the new one's beginning.
     *
     * @param by who does, as it is noted in {@code ledger.epoch}
     */
    public static Future<Renewed> renew(Database database, String by, Instant now) {
        return database.query(RENEW, Tuple.of(by, now.atOffset(ZoneOffset.UTC))).map(rows -> {
            Row row = rows.iterator().next();
            return new Renewed(row.getUUID(0), row.getUUID(1), row.getLong(2));
        });
    }
}
