package io.sluice.ledger.log;

import io.sluice.storage.Repeat;
import io.sluice.storage.Session;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * How a sequencer begins: with a higher epoch than any before it, with the log as it stands, and with one look at every shard
 * there is.
 *
 * @param behind shards that have batches which are not in the log
 */
record Epoch(LogState state, Set<UUID> behind) {

    private static final int SHARDS_AT_A_TIME = 1_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String BEGIN = """
            update ledger.sequencer set epoch = epoch + 1 returning log, epoch, pg_current_snapshot()::text""";

    private static final String RECORD = "insert into ledger.epoch (epoch, node, at, log) values ($1, $2, $3, $4)";

    private static final String PUBLISH = """
            insert into ledger.head_key (id, public_key, since) values ($1, $2, $3) on conflict do nothing""";

    private static final String LAST_HEAD = "select bytes from ledger.head order by size desc limit 1";

    private static final String UNLOGGED = """
            select s.id, exists (
                select from ledger.batch b where b.shard = s.id
                and b.seq > coalesce((select max(e.seq) from ledger.entry e where e.shard = s.id), -1))
            from (select id from ledger.shard where id > $1 order by id limit $2) as s order by s.id""";

    /** Fails if the last head is not that of the log as it stands: nobody may go on from there. */
    static Future<Epoch> begin(Session session, HeadSigner signer, String node, Instant now) {
        return session.inTransaction(transaction -> transaction
                        .preparedQuery(BEGIN)
                        .execute()
                        .compose(rows -> {
                            Row row = rows.iterator().next();
                            return announced(transaction, signer, node, now, row)
                                    .compose(done -> state(transaction, row));
                        }))
                .compose(state -> unlogged(session)
                        .compose(behind -> seen(session, state, behind).map(written -> new Epoch(state, behind))));
    }

    /** Where nothing is behind, all that is visible is in the log: also if transactions are counted anew since. */
    private static Future<?> seen(Session session, LogState state, Set<UUID> behind) {
        return behind.isEmpty()
                ? session.query(Round.SEEN, Tuple.of(state.epoch(), state.seen()))
                : Future.succeededFuture();
    }

    private static Future<?> announced(
            SqlConnection transaction, HeadSigner signer, String node, Instant now, Row begun) {
        return Future.all(
                transaction
                        .preparedQuery(RECORD)
                        .execute(Tuple.of(begun.getLong(1), node, now.atOffset(ZoneOffset.UTC), begun.getUUID(0))),
                transaction
                        .preparedQuery(PUBLISH)
                        .execute(Tuple.of(signer.key().id(), signer.key().bytes(), now.atOffset(ZoneOffset.UTC))));
    }

    private static Future<LogState> state(SqlConnection transaction, Row begun) {
        return transaction.preparedQuery(LAST_HEAD).execute().compose(heads -> {
            UUID log = begun.getUUID(0);
            if (heads.size() == 0) {
                return Future.succeededFuture(
                        new LogState(log, begun.getLong(1), Frontier.empty(), 0, Instant.EPOCH, begun.getString(2)));
            }
            TreeHead head = TreeHead.of(heads.iterator().next().getBuffer(0));
            return Nodes.read(
                            (sql, arguments) -> transaction.preparedQuery(sql).execute(arguments),
                            new Span(0, head.size()).nodes())
                    .map(nodes -> {
                        Frontier frontier = Frontier.of(head.size(), nodes);
                        if (!frontier.root().equals(head.root())) {
                            throw new IllegalStateException("the log is not what its last head was signed for");
                        }
                        return new LogState(
                                log, begun.getLong(1), frontier, head.leaves(), head.time(), begun.getString(2));
                    });
        });
    }

    private static Future<Set<UUID>> unlogged(Session session) {
        Set<UUID> found = new HashSet<>();
        return Repeat.until(
                        Optional::isEmpty,
                        Optional.of(BEFORE_ALL),
                        after -> session.query(UNLOGGED, Tuple.of(after.orElseThrow(), SHARDS_AT_A_TIME))
                                .map(rows -> {
                                    Optional<UUID> last = Optional.empty();
                                    for (Row row : rows) {
                                        last = Optional.of(row.getUUID(0));
                                        if (row.getBoolean(1)) {
                                            found.add(row.getUUID(0));
                                        }
                                    }
                                    return rows.size() < SHARDS_AT_A_TIME ? Optional.<UUID>empty() : last;
                                }))
                .map(done -> found);
    }
}
