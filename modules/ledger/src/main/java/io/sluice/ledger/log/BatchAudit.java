package io.sluice.ledger.log;

import io.sluice.ledger.HashTree;
import io.sluice.ledger.LedgerCheck;
import io.sluice.ledger.StoredLeaf;
import io.sluice.ledger.Verdict.Flaw;
import io.sluice.ledger.log.Finding.BatchFlaw;
import io.sluice.ledger.log.Finding.EntryFlaw;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holds batches and leaves against what the log says of them. Where they differ, the log is believed, and its heads tell. */
final class BatchAudit {

    private static final String BATCHES = """
            select b.shard, b.seq, b.first_n, b.count, b.root, b.head
            from unnest($1::uuid[], $2::bigint[]) as w (shard, seq)
            join ledger.batch b on b.shard = w.shard and b.seq = w.seq""";

    private static final String LEAVES = """
            select l.shard, l.n, l.bytes, l.hash, l.at from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as w (shard, first_n, until)
            join ledger.leaf l on l.shard = w.shard and l.n >= w.first_n and l.n < w.until""";

    private final Database database;
    private final LedgerCheck shards;
    private final Findings findings;
    private final Map<UUID, Place> places = new HashMap<>();
    private final Map<Long, Long> totals = new HashMap<>();
    private long leaves;

    /** How far the log is in a shard: which batch and leaf come next, and what they are chained to. */
    record Place(long seq, long n, Buffer head) {}

    /** A leaf as tallies count it. */
    record Counted(long entry, long n, String record, Buffer hash) {}

    private record Key(UUID shard, long number) {}

    BatchAudit(Database database, LedgerCheck shards, Findings findings) {
        this.database = database;
        this.shards = shards;
        this.findings = findings;
    }

    long leaves() {
        return leaves;
    }

    /** How many leaves there are in all batches up to this entry, of those of the last page. */
    Map<Long, Long> totals() {
        return totals;
    }

    /** Where the log ends in that shard; null if it is not in it. */
    @Nullable Place place(UUID shard) {
        return places.get(shard);
    }

    /** The leaves of this page's batches that name a record, in the log's order. */
    Future<List<Counted>> page(List<TreeAudit.Read> entries) {
        Map<Long, LogEntry.OfBatch> batches = new HashMap<>();
        for (TreeAudit.Read entry : entries) {
            if (entry.shard() != null) {
                said(entry)
                        .ifPresentOrElse(
                                batch -> batches.put(entry.index(), batch),
                                () -> findings.add(new Finding.Entry(entry.index(), EntryFlaw.ALTERED)));
            }
        }
        NewBatches all = new NewBatches(List.copyOf(batches.values()), Set.of(), false, "", false);
        Long[] seqs = all.batches().stream().map(LogEntry.OfBatch::seq).toArray(Long[]::new);
        return opened(all.batches())
                .compose(opened -> Future.all(
                        database.query(BATCHES, Tuple.of(all.ids(), (Object) seqs)),
                        database.query(LEAVES, Tuple.of(all.ids(), all.from(), all.until()))))
                .map(both -> {
                    Map<Key, LogEntry.OfBatch> stored = new HashMap<>();
                    both.<Iterable<Row>>resultAt(0).forEach(row -> {
                        LogEntry.OfBatch batch = NewBatches.read(row, 0);
                        stored.put(new Key(batch.shard(), batch.seq()), batch);
                    });
                    Map<Key, StoredLeaf> found = new HashMap<>();
                    both.<Iterable<Row>>resultAt(1)
                            .forEach(row -> found.put(new Key(row.getUUID(0), row.getLong(1)), StoredLeaf.of(row, 2)));
                    List<Counted> counted = new ArrayList<>();
                    totals.clear();
                    for (TreeAudit.Read entry : entries) {
                        LogEntry.OfBatch batch = batches.get(entry.index());
                        if (batch != null) {
                            check(entry.index(), batch, stored, found, counted);
                        }
                        totals.put(entry.index(), leaves);
                    }
                    return counted;
                });
    }

    private static Optional<LogEntry.OfBatch> said(TreeAudit.Read entry) {
        try {
            JsonObject json = new JsonObject(entry.bytes());
            LogEntry.OfBatch batch = new LogEntry.OfBatch(
                    UUID.fromString(json.getString("shard")),
                    json.getLong("seq"),
                    json.getLong("first_n"),
                    json.getInteger("count"),
                    Encoded.bytes(json.getString("root")),
                    Encoded.bytes(json.getString("head")));
            boolean isItself = batch.bytes().equals(entry.bytes())
                    && batch.shard().equals(entry.shard())
                    && Long.valueOf(batch.seq()).equals(entry.seq());
            return isItself ? Optional.of(batch) : Optional.empty();
        } catch (RuntimeException notABatch) {
            // altered beyond reading, which is a finding and not a fault
            return Optional.empty();
        }
    }

    /** Who opened the shards that come up for the first time. */
    private Future<Void> opened(List<LogEntry.OfBatch> batches) {
        Future<Void> opened = Future.succeededFuture();
        for (UUID shard :
                batches.stream().map(LogEntry.OfBatch::shard).distinct().toList()) {
            if (!places.containsKey(shard)) {
                opened = opened.compose(before -> shards.genesis(shard)).map(genesis -> {
                    if (genesis.isEmpty()) {
                        findings.add(new Finding.Shard(shard));
                    }
                    places.put(shard, new Place(0, 0, genesis.orElse(Buffer.buffer())));
                    return null;
                });
            }
        }
        return opened;
    }

    private void check(
            long index,
            LogEntry.OfBatch batch,
            Map<Key, LogEntry.OfBatch> stored,
            Map<Key, StoredLeaf> found,
            List<Counted> counted) {
        leaves += batch.count();
        LogEntry.OfBatch there = stored.get(new Key(batch.shard(), batch.seq()));
        if (there == null) {
            wrong(batch, BatchFlaw.MISSING);
        } else if (!there.equals(batch)) {
            wrong(batch, BatchFlaw.ALTERED);
        }
        chained(batch);
        boolean isAllGone = there == null;
        boolean isEachWell = true;
        List<byte[]> hashes = new ArrayList<>();
        List<Finding> own = new ArrayList<>();
        for (long n = batch.firstN(); n < batch.firstN() + batch.count(); n++) {
            StoredLeaf leaf = found.get(new Key(batch.shard(), n));
            Optional<Flaw> flaw = leaf == null ? Optional.of(Flaw.LEAF_MISSING) : leaf.flaw(n);
            long at = n;
            flaw.ifPresent(how -> own.add(new Finding.Leaf(batch.shard(), at, how)));
            isEachWell &= flaw.isEmpty();
            isAllGone &= leaf == null;
            if (leaf != null) {
                hashes.add(leaf.computedHash());
                // a leaf that was altered alone still has the hash that was counted
                Buffer hash = flaw.isEmpty() ? Buffer.buffer(leaf.computedHash()) : leaf.hash();
                leaf.record().ifPresent(record -> counted.add(new Counted(index, at, record, hash)));
            }
        }
        if (!isAllGone) {
            own.forEach(findings::add);
        }
        if (isEachWell && !Buffer.buffer(HashTree.root(hashes)).equals(batch.root())) {
            wrong(batch, BatchFlaw.LEAVES_EXCHANGED);
        }
    }

    private void chained(LogEntry.OfBatch batch) {
        Place place = places.getOrDefault(batch.shard(), new Place(0, 0, Buffer.buffer()));
        if (place.seq() != batch.seq() || place.n() != batch.firstN()) {
            wrong(batch, BatchFlaw.OUT_OF_ORDER);
        } else if (place.head().length() > 0) {
            byte[] head = HashTree.head(
                    place.head().getBytes(), batch.root().getBytes(), batch.seq(), batch.firstN(), batch.count());
            if (!batch.head().equals(Buffer.buffer(head))) {
                wrong(batch, BatchFlaw.UNCHAINED);
            }
        }
        places.put(batch.shard(), new Place(batch.seq() + 1, batch.firstN() + batch.count(), batch.head()));
    }

    private void wrong(LogEntry.OfBatch batch, BatchFlaw flaw) {
        findings.add(new Finding.Batch(batch.shard(), batch.seq(), batch.firstN(), flaw));
    }
}
