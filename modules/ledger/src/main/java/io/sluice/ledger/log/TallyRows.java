package io.sluice.ledger.log;

import io.sluice.ledger.HashTree;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One round's tallies: of each record that its leaves name, in the order in which they come to be named. */
final class TallyRows {

    /** Tallies of one entry: a proof that one of them is in it reads them all. */
    static final int IN_A_GROUP = 256;

    private static final String LAST = """
            select t.record, t.count, t.chain from unnest($1::text[]) as named (record)
            cross join lateral (select record, first, count, chain from ledger.tally
                                where record = named.record order by first desc limit 1) as t""";

    private static final String INSERT = """
            insert into ledger.tally (entry, place, record, first, count, chain, batches, numbers)
            select entry, place, record, first, count, chain, batches::bigint[], numbers::bigint[]
            from unnest($1::bigint[], $2::int[], $3::text[], $4::bigint[], $5::bigint[], $6::bytea[], $7::text[], $8::text[])
                as t (entry, place, record, first, count, chain, batches, numbers)""";

    /** A record's tally under way, and where the leaves of this round are that it counts. */
    private static final class Growing {
        private Tally tally;
        private final List<Long> batches = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();

        Growing(Tally tally) {
            this.tally = tally;
        }
    }

    private final List<Growing> grown;

    private TallyRows(List<Growing> grown) {
        this.grown = grown;
    }

    /** @param firstBatch index in the log of the round's first batch */
    static Future<TallyRows> of(SqlConnection session, List<LoggedLeaf> leaves, long firstBatch) {
        String[] records = leaves.stream().map(LoggedLeaf::record).distinct().toArray(String[]::new);
        return session.preparedQuery(LAST).execute(Tuple.of((Object) records)).map(rows -> {
            Map<String, Tally> last = new HashMap<>();
            for (Row row : rows) {
                String record = row.getString(0);
                last.put(record, new Tally(record, row.getLong(1), row.getLong(1), row.getBuffer(2)));
            }
            Map<String, Growing> grown = new LinkedHashMap<>();
            for (LoggedLeaf leaf : leaves) {
                Growing one = grown.computeIfAbsent(
                        leaf.record(), record -> new Growing(last.getOrDefault(record, Tally.none(record))));
                one.tally = one.tally.plus(leaf.hash());
                one.batches.add(firstBatch + leaf.batch());
                one.numbers.add(leaf.n());
            }
            return new TallyRows(List.copyOf(grown.values()));
        });
    }

    /** The entries that commit to them. */
    List<LogEntry.OfTallies> entries() {
        List<LogEntry.OfTallies> entries = new ArrayList<>();
        for (int from = 0; from < grown.size(); from += IN_A_GROUP) {
            List<byte[]> hashes = grown.subList(from, Math.min(from + IN_A_GROUP, grown.size())).stream()
                    .map(each -> each.tally.hash())
                    .toList();
            entries.add(new LogEntry.OfTallies(hashes.size(), Buffer.buffer(HashTree.root(hashes))));
        }
        return entries;
    }

    /** @param firstEntry index in the log of the first of the entries */
    Future<?> insert(SqlConnection session, long firstEntry) {
        int size = grown.size();
        Long[] entries = new Long[size];
        Integer[] places = new Integer[size];
        String[] records = new String[size];
        Long[] firsts = new Long[size];
        Long[] counts = new Long[size];
        Buffer[] chains = new Buffer[size];
        String[] batches = new String[size];
        String[] numbers = new String[size];
        for (int i = 0; i < size; i++) {
            Growing one = grown.get(i);
            entries[i] = firstEntry + i / IN_A_GROUP;
            places[i] = i % IN_A_GROUP;
            records[i] = one.tally.record();
            firsts[i] = one.tally.first();
            counts[i] = one.tally.count();
            chains[i] = one.tally.chain();
            batches[i] = array(one.batches);
            numbers[i] = array(one.numbers);
        }
        return session.preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {entries, places, records, firsts, counts, chains, batches, numbers}));
    }

    /** Arrays of arrays of different lengths do not exist in SQL: these travel as their literals. */
    private static String array(List<Long> numbers) {
        StringBuilder literal = new StringBuilder("{");
        numbers.forEach(
                number -> literal.append(literal.length() == 1 ? "" : ",").append(number));
        return literal.append('}').toString();
    }
}
