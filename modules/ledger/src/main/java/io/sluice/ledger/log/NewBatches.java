package io.sluice.ledger.log;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Batches that are not in the log yet, of each shard the next ones, in their order and without gaps.
 *
 * <p>What of a shard is visible at one moment is a beginning of it: its batches are committed one after the other. So it is
 * enough to learn which shards have grown, and to read on from where the log stands in each of them. Which have grown is told by
 * the transactions that wrote since the last look, and costs as much as they are many; a shard that nobody writes any more
 * costs nothing. Transactions commit in another order than they began: from what was still under way, the next look begins.
 *
 * @param shards that were looked at
 * @param isCut whether they hold more than this
 * @param seen from where the next look must begin, if they do not
 * @param isMoreToSee whether other shards may
 */
record NewBatches(List<LogEntry.OfBatch> batches, Set<UUID> shards, boolean isCut, String seen, boolean isMoreToSee) {

    /** Batches at a time, and transactions looked through at a time. */
    static final int AT_A_TIME = 1_000;
    /** A round that has so many leaves takes no further batch. */
    static final int LEAVES_AT_A_TIME = 2_000;

    // numbers of transactions start anew when a database is restored from a dump: rows from before then lie in the
    // future
    private static final String GROWN = """
            with grown as (
                select xid, shard from ledger.batch
                where xid >= $1::text::xid8 and xid < pg_snapshot_xmax(pg_current_snapshot()) order by xid limit $2)
            select array(select distinct shard from grown),
                   (select count(*) from grown) = $2,
                   least(pg_snapshot_xmin(pg_current_snapshot()),
                         case when (select count(*) from grown) = $2 then (select max(xid) from grown) end)::text""";

    // the next one of each shard, then the second of each: none is kept waiting by the others
    private static final String NEXT = """
            select b.shard, b.seq, b.first_n, b.count, b.root, b.head
            from unnest($1::uuid[]) as grown (shard)
            cross join lateral (
                select coalesce(max(seq), -1) as seq from ledger.entry where shard = grown.shard) as last
            cross join lateral (
                select * from ledger.batch where shard = grown.shard and seq > last.seq order by seq limit $2) as b
            order by b.seq - last.seq, b.shard limit $3""";

    /** @param behind shards that have grown before the last look */
    static Future<NewBatches> find(SqlConnection session, String seen, Set<UUID> behind) {
        return session.preparedQuery(GROWN).execute(Tuple.of(seen, AT_A_TIME)).compose(grown -> {
            Row row = grown.iterator().next();
            Set<UUID> shards = new TreeSet<>(behind);
            Collections.addAll(shards, row.getArrayOfUUIDs(0));
            int ofEach = 1 + AT_A_TIME / Math.max(1, shards.size());
            return session.preparedQuery(NEXT)
                    .execute(Tuple.of(shards.toArray(UUID[]::new), ofEach, AT_A_TIME))
                    .map(rows -> of(rows, shards, ofEach, row.getString(2), row.getBoolean(1)));
        });
    }

    private static NewBatches of(RowSet<Row> rows, Set<UUID> shards, int ofEach, String seen, boolean isMoreToSee) {
        List<LogEntry.OfBatch> batches = new ArrayList<>();
        Map<UUID, Integer> taken = new HashMap<>();
        long leaves = 0;
        for (Row row : rows) {
            if (leaves >= LEAVES_AT_A_TIME) {
                break;
            }
            LogEntry.OfBatch batch = read(row, 0);
            batches.add(batch);
            taken.merge(batch.shard(), 1, Integer::sum);
            leaves += batch.count();
        }
        boolean isCut = batches.size() < rows.size() || rows.size() == AT_A_TIME || taken.containsValue(ofEach);
        return new NewBatches(batches, shards, isCut, seen, isMoreToSee);
    }

    /** @param row of shard, seq, first n, count, root and head, from that column on */
    static LogEntry.OfBatch read(Row row, int from) {
        return new LogEntry.OfBatch(
                row.getUUID(from),
                row.getLong(from + 1),
                row.getLong(from + 2),
                row.getInteger(from + 3),
                row.getBuffer(from + 4),
                row.getBuffer(from + 5));
    }

    /** What the next look has to look at again besides what has grown until then. */
    Set<UUID> behind() {
        return isCut ? shards : Set.of();
    }

    boolean isMore() {
        return isCut || isMoreToSee;
    }

    int leaves() {
        return batches.stream().mapToInt(LogEntry.OfBatch::count).sum();
    }

    UUID[] ids() {
        return batches.stream().map(LogEntry.OfBatch::shard).toArray(UUID[]::new);
    }

    Long[] from() {
        return batches.stream().map(LogEntry.OfBatch::firstN).toArray(Long[]::new);
    }

    Long[] until() {
        return batches.stream().map(batch -> batch.firstN() + batch.count()).toArray(Long[]::new);
    }
}
