package io.sluice.ledger.log;

import io.sluice.ledger.HashTree;
import io.sluice.ledger.log.BatchAudit.Counted;
import io.sluice.ledger.log.Finding.EntryFlaw;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts every record's leaves anew, and holds the tallies against that. What a tally adds to is the record's tally before, which
 * has been held against the leaves before: so no more is kept in mind than one round's leaves.
 */
final class TallyAudit {

    private static final String TALLIES = """
            select t.entry, t.record, t.first, t.count, t.chain, t.batches, t.numbers, before.count, before.chain
            from ledger.tally t
            left join lateral (select b.count, b.chain from ledger.tally b
                               where b.record = t.record and b.first < t.first order by b.first desc limit 1) as before on true
            where t.entry = any ($1::bigint[]) order by t.entry, t.place""";

    private final Database database;
    private final Findings findings;
    /** Leaves that no tally has counted yet. */
    private final Map<String, List<Counted>> waiting = new LinkedHashMap<>();

    private boolean isTallying;

    TallyAudit(Database database, Findings findings) {
        this.database = database;
        this.findings = findings;
    }

    Future<Void> page(List<TreeAudit.Read> entries, List<Counted> leaves) {
        Long[] tallies = entries.stream()
                .filter(entry -> entry.shard() == null)
                .map(TreeAudit.Read::index)
                .toArray(Long[]::new);
        return database.query(TALLIES, Tuple.of((Object) tallies)).map(rows -> {
            Map<Long, List<Row>> stored = new HashMap<>();
            for (Row row : rows) {
                stored.computeIfAbsent(row.getLong(0), entry -> new ArrayList<>())
                        .add(row);
            }
            Map<Long, List<Counted>> ofEntry = new HashMap<>();
            leaves.forEach(leaf -> ofEntry.computeIfAbsent(leaf.entry(), entry -> new ArrayList<>())
                    .add(leaf));
            for (TreeAudit.Read entry : entries) {
                if (entry.shard() == null) {
                    tallied(entry, stored.getOrDefault(entry.index(), List.of()));
                } else {
                    begun(entry.index());
                    ofEntry.getOrDefault(entry.index(), List.of())
                            .forEach(leaf -> waiting.computeIfAbsent(leaf.record(), first -> new ArrayList<>())
                                    .add(leaf));
                }
            }
            return null;
        });
    }

    /** A batch behind tallies: they should have counted all before. */
    private void begun(long index) {
        if (isTallying) {
            end(index);
        }
        isTallying = false;
    }

    /** Whatever still waits will not be counted any more. */
    void end(long index) {
        if (!waiting.isEmpty()) {
            findings.add(new Finding.Entry(index - 1, EntryFlaw.NOT_TALLIED));
        }
        waiting.clear();
    }

    private void tallied(TreeAudit.Read entry, List<Row> rows) {
        isTallying = true;
        List<byte[]> hashes = new ArrayList<>();
        boolean isRight = true;
        for (Row row : rows) {
            Tally tally = new Tally(row.getString(1), row.getLong(2), row.getLong(3), row.getBuffer(4));
            hashes.add(tally.hash());
            List<Counted> counted = waiting.getOrDefault(tally.record(), List.of());
            waiting.remove(tally.record());
            isRight &= tally.equals(recounted(row, tally.record(), counted))
                    && Arrays.equals(
                            row.getArrayOfLongs(5),
                            counted.stream().map(Counted::entry).toArray(Long[]::new))
                    && Arrays.equals(
                            row.getArrayOfLongs(6),
                            counted.stream().map(Counted::n).toArray(Long[]::new));
        }
        if (!isRight) {
            findings.add(new Finding.Entry(entry.index(), EntryFlaw.TALLIES_MISCOUNTED));
        }
        boolean isCommitted = !hashes.isEmpty()
                && new LogEntry.OfTallies(hashes.size(), Buffer.buffer(HashTree.root(hashes)))
                        .bytes()
                        .equals(entry.bytes());
        if (!isCommitted) {
            findings.add(new Finding.Entry(entry.index(), EntryFlaw.TALLIES_ALTERED));
        }
    }

    private static Tally recounted(Row row, String record, List<Counted> leaves) {
        Long before = row.getLong(7);
        Tally tally = before == null ? Tally.none(record) : new Tally(record, before, before, row.getBuffer(8));
        for (Counted leaf : leaves) {
            tally = tally.plus(leaf.hash());
        }
        return tally;
    }
}
