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
 * the transactions that were not visible at the last look and are now: those that were under way then, and those that have begun
 * since. That costs as much as they are many; a shard that nobody writes any more costs nothing, nor does a transaction that
 * stays open for hours.
 *
 * @param shards that were looked at
 * @param isCut whether they hold more than this
 * @param seen a {@code pg_snapshot}: what was visible in it has been looked through, so that the next look begins there if the
 *     shards do not hold more
 * @param isMoreToSee whether other shards may
 */
record NewBatches(List<LogEntry.OfBatch> batches, Set<UUID> shards, boolean isCut, String seen, boolean isMoreToSee) {

    /** Batches at a time, and transactions looked through at a time. */
    static final int AT_A_TIME = 1_000;
    /** A round that has so many leaves takes no further batch. */
    static final int LEAVES_AT_A_TIME = 2_000;

    // numbers of transactions start anew when a database is restored from a dump: rows from before then lie in the
    // future. A page ends with whole transactions, and was looked through up to its last one
    private static final String GROWN = """
            with before as (select $1::text::pg_snapshot as it),
            now as (select pg_current_snapshot() as it),
            late as (
                select shard from ledger.batch where xid in (select pg_snapshot_xip(it) from before)),
            later as (
                select xid, shard from ledger.batch
                where xid >= (select pg_snapshot_xmax(it) from before) and xid < (select pg_snapshot_xmax(it) from now)
                order by xid fetch first $2 rows with ties),
            page as (select count(*) >= $2 as is_full, max(xid)::text::bigint + 1 as top from later),
            seen as (select case when is_full then top::text::xid8 else pg_snapshot_xmax(now.it) end as top from page, now)
            select array(select shard from late union select shard from later),
                   (select is_full from page),
                   (select top::text from seen),
                   array(select xid::text from now, pg_snapshot_xip(it) as xid where xid < (select top from seen) order by xid)""";

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
                    .map(rows -> of(
                            rows,
                            shards,
                            ofEach,
                            snapshot(row.getString(2), row.getArrayOfStrings(3)),
                            row.getBoolean(1)));
        });
    }

    /**
     * Everything before a transaction, but for some, in the form of a {@code pg_snapshot}.
     *
     * @param underWay in their order
     */
    private static String snapshot(String top, String[] underWay) {
        return (underWay.length == 0 ? top : underWay[0]) + ":" + top + ":" + String.join(",", underWay);
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
