package io.sluice.ledger.log;

import io.sluice.kernel.Unavailable;
import io.sluice.ledger.log.LogReads.Inclusion;
import io.sluice.ledger.log.LogReads.Step;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads what a receipt is made of: its record's tallies, and from them its leaves and every proof. */
final class ReceiptReads {

    private static final String TALLIES = """
            select entry, place, first, count, chain, batches, numbers from ledger.tally where record = $1 order by first""";

    private static final String GROUP = """
            select record, first, count, chain from ledger.tally where entry = $1 order by place""";

    private static final String ENTRIES = """
            select e.index, e.bytes, e.shard, b.first_n, b.count from ledger.entry e
            left join ledger.batch b on b.shard = e.shard and b.seq = e.seq where e.index = any ($1::bigint[])""";

    private static final String HASHES = """
            select w.entry, l.n, l.hash from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::bigint[])
                as w (entry, shard, first_n, until)
            join ledger.leaf l on l.shard = w.shard and l.n >= w.first_n and l.n < w.until order by w.entry, l.n""";

    private static final String LEAVES = """
            select w.i, l.bytes from unnest($1::uuid[], $2::bigint[]) with ordinality as w (shard, n, i)
            join ledger.leaf l on l.shard = w.shard and l.n = w.n order by w.i""";

    private final Database database;

    /** Where a leaf is. */
    private record Place(long entry, long n) {}

    /** An entry of the log; what of a batch it is, if it is one's. */
    private record Logged(Buffer bytes, UUID shard, long firstN, int count) {}

    ReceiptReads(Database database) {
        this.database = database;
    }

    Future<Receipt> of(String record, Buffer salt) {
        return database.query(TALLIES, Tuple.of(record)).compose(tallies -> {
            List<Place> places = new ArrayList<>();
            Optional<Row> last = Optional.empty();
            for (Row tally : tallies) {
                Long[] entries = tally.getArrayOfLongs(5);
                Long[] numbers = tally.getArrayOfLongs(6);
                for (int i = 0; i < entries.length; i++) {
                    places.add(new Place(entries[i], numbers[i]));
                }
                last = Optional.of(tally);
            }
            Optional<Row> newest = last;
            // read after the tallies, so it covers them
            return new LogReads(database).latest().compose(latest -> {
                SignedHead head = latest.orElseThrow(() -> new Unavailable("ledger's first head"));
                return newest.isEmpty()
                        ? Future.succeededFuture(new Receipt(record, salt, List.of(), Optional.empty(), head))
                        : proved(record, salt, places, newest.get(), head);
            });
        });
    }

    private Future<Receipt> proved(String record, Buffer salt, List<Place> places, Row tally, SignedHead head) {
        long tallied = tally.getLong(0);
        long size = head.head().size();
        List<Long> indexes =
                new ArrayList<>(places.stream().map(Place::entry).distinct().toList());
        indexes.add(tallied);
        Map<Long, List<Span>> paths = new HashMap<>();
        indexes.forEach(index -> paths.put(index, Proofs.inclusion(index, size)));
        return Future.all(
                        entries(indexes),
                        Nodes.of(
                                database::query,
                                paths.values().stream().flatMap(List::stream).toList()),
                        database.query(GROUP, Tuple.of(tallied)))
                .compose(read -> {
                    Map<Long, Logged> entries = read.resultAt(0);
                    Nodes nodes = read.resultAt(1);
                    RowSet<Row> group = read.resultAt(2);
                    Map<Long, Step> steps = new HashMap<>();
                    paths.forEach((index, path) -> steps.put(index, new Step(index, size, nodes.roots(path))));
                    return Future.all(hashes(places, entries), bytes(places, entries))
                            .map(both -> new Receipt(
                                    record,
                                    salt,
                                    leaves(places, entries, both.resultAt(0), both.resultAt(1), steps),
                                    Optional.of(counted(
                                            group,
                                            tally.getInteger(1),
                                            logged(entries, tallied),
                                            step(steps, tallied))),
                                    head));
                });
    }

    private Future<Map<Long, Logged>> entries(List<Long> indexes) {
        return database.query(ENTRIES, Tuple.of((Object) indexes.toArray(Long[]::new)))
                .map(rows -> {
                    Map<Long, Logged> entries = new HashMap<>();
                    for (Row row : rows) {
                        boolean isBatch = row.getUUID(2) != null;
                        entries.put(
                                row.getLong(0),
                                new Logged(
                                        row.getBuffer(1),
                                        isBatch ? row.getUUID(2) : new UUID(0, 0),
                                        isBatch ? row.getLong(3) : 0,
                                        isBatch ? row.getInteger(4) : 0));
                    }
                    return entries;
                });
    }

    /** The hashes of all leaves of each batch that holds one of these. */
    private Future<Map<Long, List<byte[]>>> hashes(List<Place> places, Map<Long, Logged> entries) {
        Long[] indexes = places.stream().map(Place::entry).distinct().toArray(Long[]::new);
        UUID[] shards = new UUID[indexes.length];
        Long[] from = new Long[indexes.length];
        Long[] until = new Long[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            Logged batch = logged(entries, indexes[i]);
            shards[i] = batch.shard();
            from[i] = batch.firstN();
            until[i] = batch.firstN() + batch.count();
        }
        return database.query(HASHES, Tuple.of(indexes, shards, from, until)).map(rows -> {
            Map<Long, List<byte[]>> hashes = new HashMap<>();
            rows.forEach(row -> hashes.computeIfAbsent(row.getLong(0), entry -> new ArrayList<>())
                    .add(row.getBuffer(2).getBytes()));
            return hashes;
        });
    }

    private Future<List<Buffer>> bytes(List<Place> places, Map<Long, Logged> entries) {
        UUID[] shards = places.stream()
                .map(place -> logged(entries, place.entry()).shard())
                .toArray(UUID[]::new);
        Long[] numbers = places.stream().map(Place::n).toArray(Long[]::new);
        return database.query(LEAVES, Tuple.of(shards, (Object) numbers)).map(rows -> {
            List<Buffer> bytes = new ArrayList<>();
            rows.forEach(row -> bytes.add(row.getBuffer(1)));
            if (bytes.size() != places.size()) {
                throw new IllegalStateException("a leaf that was counted is missing");
            }
            return bytes;
        });
    }

    private static List<Receipt.Leaf> leaves(
            List<Place> places,
            Map<Long, Logged> entries,
            Map<Long, List<byte[]>> hashes,
            List<Buffer> bytes,
            Map<Long, Step> steps) {
        List<Receipt.Leaf> leaves = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Logged batch = logged(entries, place.entry());
            List<byte[]> own = hashes.getOrDefault(place.entry(), List.of());
            int at = Math.toIntExact(place.n() - batch.firstN());
            leaves.add(new Receipt.Leaf(bytes.get(i), inclusion(own, at, batch, step(steps, place.entry()))));
        }
        return leaves;
    }

    private static Receipt.Counted counted(RowSet<Row> group, int place, Logged entry, Step log) {
        List<Tally> tallies = new ArrayList<>();
        group.forEach(
                row -> tallies.add(new Tally(row.getString(0), row.getLong(1), row.getLong(2), row.getBuffer(3))));
        List<byte[]> hashes = tallies.stream().map(Tally::hash).toList();
        return new Receipt.Counted(tallies.get(place).bytes(), inclusion(hashes, place, entry, log));
    }

    private static Inclusion inclusion(List<byte[]> hashes, int at, Logged entry, Step log) {
        return new Inclusion(
                Buffer.buffer(hashes.get(at)),
                new Step(at, hashes.size(), Proofs.inclusion(at, hashes)),
                entry.bytes(),
                log);
    }

    private static Logged logged(Map<Long, Logged> entries, long index) {
        Logged entry = entries.get(index);
        if (entry == null) {
            throw new IllegalStateException("entry " + index + " of the log is missing");
        }
        return entry;
    }

    private static Step step(Map<Long, Step> steps, long index) {
        Step step = steps.get(index);
        if (step == null) {
            throw new IllegalStateException("no way up was read from entry " + index);
        }
        return step;
    }
}
