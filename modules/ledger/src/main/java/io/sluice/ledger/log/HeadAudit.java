package io.sluice.ledger.log;

import io.sluice.ledger.log.Finding.HeadFlaw;
import io.sluice.ledger.log.Finding.PinFlaw;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds signed heads against the tree: those in the database, and those that were kept elsewhere. */
final class HeadAudit {

    private static final String HEADS = """
            select h.size, h.epoch, h.bytes, h.key, h.signature, e.log
            from ledger.head h left join ledger.epoch e on e.epoch = h.epoch where h.size > $1 and h.size <= $2 order by h.size""";

    private final Database database;
    private final Collection<HeadKey> trusted;
    private final NavigableMap<Long, List<TreeHead>> kept;
    private final Findings findings;
    private long count;
    private long epoch;

    HeadAudit(Database database, Collection<HeadKey> trusted, List<TreeHead> kept, Findings findings) {
        this.database = database;
        this.trusted = trusted;
        this.kept = kept.stream().collect(Collectors.groupingBy(TreeHead::size, TreeMap::new, Collectors.toList()));
        this.findings = findings;
    }

    long count() {
        return count;
    }

    /** The size of the first head beyond so many entries; none if there is no more. */
    Future<OptionalLong> next(long entries) {
        return database.query("select min(size) from ledger.head where size > $1", Tuple.of(entries))
                .map(rows -> {
                    Long stored = rows.iterator().next().getLong(0);
                    Long elsewhere = kept.higherKey(entries);
                    return Stream.of(stored, elsewhere)
                            .filter(Objects::nonNull)
                            .mapToLong(Long::longValue)
                            .min();
                });
    }

    /**
     * Those heads that end within a page.
     *
     * @param roots behind each entry of it; empty where there is none
     * @param leaves up to each entry of it
     */
    Future<Void> page(long from, long until, List<Buffer> roots, Map<Long, Long> leaves) {
        for (long size = from + 1; size <= until; size++) {
            Buffer root = roots.get((int) (size - from - 1));
            for (TreeHead head : kept.getOrDefault(size, List.of())) {
                if (!head.root().equals(root)) {
                    findings.add(new Finding.Pinned(size, PinFlaw.REWRITTEN));
                }
            }
        }
        return database.query(HEADS, Tuple.of(from, until)).map(rows -> {
            for (Row row : rows) {
                long size = row.getLong(0);
                check(row, roots.get((int) (size - from - 1)), leaves.getOrDefault(size - 1, -1L));
            }
            return null;
        });
    }

    private void check(Row row, Buffer root, long leaves) {
        count++;
        long size = row.getLong(0);
        long own = row.getLong(1);
        Buffer bytes = row.getBuffer(2);
        Optional<TreeHead> said = said(bytes);
        boolean isItself = said.filter(head -> head.size() == size
                        && head.epoch() == own
                        && head.key().equals(row.getString(3))
                        && head.log().equals(row.getUUID(5)))
                .isPresent();
        if (!isItself) {
            findings.add(new Finding.Head(size, HeadFlaw.ALTERED));
        }
        Buffer signature = row.getBuffer(4);
        if (trusted.stream().noneMatch(key -> key.id().equals(row.getString(3)) && key.hasSigned(bytes, signature))) {
            findings.add(new Finding.Head(size, HeadFlaw.NOT_SIGNED));
        }
        if (said.filter(head -> !head.root().equals(root) || head.leaves() != leaves)
                .isPresent()) {
            findings.add(new Finding.Head(size, HeadFlaw.REWRITTEN));
        }
        if (own < epoch || row.getUUID(5) == null) {
            findings.add(new Finding.Head(size, HeadFlaw.EPOCH_WRONG));
        }
        epoch = own;
    }

    private static Optional<TreeHead> said(Buffer bytes) {
        try {
            return Optional.of(TreeHead.of(bytes));
        } catch (RuntimeException notAHead) {
            // altered beyond reading, which is a finding and not a fault
            return Optional.empty();
        }
    }
}
