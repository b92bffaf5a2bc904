package io.sluice.ledger.log;

import io.sluice.ledger.LedgerCheck;
import io.sluice.ledger.Verdict;
import io.sluice.ledger.log.Finding.EntryFlaw;
import io.sluice.ledger.log.Finding.PinFlaw;
import io.sluice.storage.Database;
import io.sluice.storage.Repeat;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Recomputes the whole log from the leaves' bytes up to the heads' signatures, page by page, and goes on where something is wrong:
 * everything that is gets its name. It believes no stored hash, and no key but those it is given. It may be run beside a node at
 * work.
 *
 * <p>A database that was rewritten whole, signatures and all, or put back to an earlier state, contradicts nothing in it. It
 * contradicts the heads that were kept elsewhere.
 */
public final class LogCheck {

    private static final int ENTRIES_AT_A_TIME = 64;

    private final Database database;
    private final LedgerCheck shards;
    private final Collection<HeadKey> trusted;
    private final Findings findings = new Findings();

    /**
     * What was found.
     *
     * @param entries checked, and {@code leaves} in their batches
     * @param heads checked, and {@code kept} ones that were held against them
     * @param notSealed leaves that are well chained and not in the log yet
     * @param unnamed how many findings there are beside those
     */
    public record Report(
            long entries, long leaves, long heads, int kept, long notSealed, List<Finding> findings, long unnamed) {
        public boolean isSound() {
            return findings.isEmpty();
        }
    }

    /**
     * A check of this database.
     *
     * @param trusted keys whose signatures count
     */
    public LogCheck(Database database, Collection<HeadKey> trusted) {
        this.database = database;
        this.shards = new LedgerCheck(database);
        this.trusted = List.copyOf(trusted);
    }

    /**
     * Checks it all, once.
     *
     * @param kept heads that were kept elsewhere
     * @param progress told how many entries are done, now and then
     */
    public Future<Report> run(List<SignedHead> kept, LongConsumer progress) {
        return names().compose(names -> {
            long signed = names.values().stream().mapToLong(size -> size).max().orElse(0);
            TreeAudit tree = new TreeAudit(database, findings);
            BatchAudit batches = new BatchAudit(database, shards, findings);
            HeadAudit heads = new HeadAudit(database, trusted, judged(kept, names), findings);
            return unsigned(signed)
                    .compose(there -> new Walk(
                                    tree,
                                    batches,
                                    new TallyAudit(database, findings),
                                    heads,
                                    Math.max(signed, there),
                                    progress)
                            .run())
                    .compose(done -> unsealed(batches))
                    .map(notSealed -> new Report(
                            tree.count(),
                            batches.leaves(),
                            heads.count(),
                            kept.size(),
                            notSealed,
                            findings.kept(),
                            findings.others()));
        });
    }

    /** The names that the log has had, and how many entries were signed under each. */
    private Future<Map<UUID, Long>> names() {
        return database.query(
                        "select e.log, coalesce(max(h.size), 0) from ledger.epoch e"
                                + " left join ledger.head h on h.epoch = e.epoch group by e.log",
                        Tuple.tuple())
                .map(rows -> {
                    Map<UUID, Long> names = new HashMap<>();
                    rows.forEach(row -> names.put(row.getUUID(0), row.getLong(1)));
                    return names;
                });
    }

    /** Names entries that no head is signed over; yields how many entries there seem to be. */
    private Future<Long> unsigned(long signed) {
        return database.query(
                        "select index, (select max(index) + 1 from ledger.entry) from ledger.entry"
                                + " where index >= $1 order by index limit $2",
                        Tuple.of(signed, Findings.KEPT + 1))
                .map(rows -> {
                    long there = 0;
                    for (Row row : rows) {
                        findings.add(new Finding.Entry(row.getLong(0), EntryFlaw.UNSIGNED));
                        there = row.getLong(1);
                    }
                    return there;
                });
    }

    /** Those kept heads that can be held against the log. */
    private List<TreeHead> judged(List<SignedHead> kept, Map<UUID, Long> names) {
        List<TreeHead> judged = new ArrayList<>();
        for (SignedHead each : kept) {
            TreeHead head = each.head();
            Long signed = names.get(head.log());
            if (!each.isSigned() || !trusted.contains(each.key())) {
                findings.add(new Finding.Pinned(head.size(), PinFlaw.NOT_SIGNED));
            } else if (signed == null) {
                findings.add(new Finding.Pinned(head.size(), PinFlaw.ANOTHER_LOG));
            } else if (head.size() > signed) {
                findings.add(new Finding.Pinned(head.size(), PinFlaw.CUT));
            } else {
                judged.add(head);
            }
        }
        return judged;
    }

    /** Through all entries and heads, from the first to the last. */
    private record Walk(
            TreeAudit tree, BatchAudit batches, TallyAudit tallies, HeadAudit heads, long end, LongConsumer progress) {

        Future<?> run() {
            return Repeat.until(from -> from >= end, 0L, this::page).onSuccess(done -> tallies.end(end));
        }

        private Future<Long> page(long from) {
            long until = Math.min(end, from + ENTRIES_AT_A_TIME);
            // the tallies of a page need what its batches hold; the heads what its entries hash to
            return tree.page(from, until)
                    .compose(entries -> batches.page(entries)
                            .compose(leaves -> tallies.page(entries, leaves))
                            .compose(tallied -> heads.page(from, until, tree.roots(), batches.totals()))
                            .onSuccess(done -> progress.accept(until))
                            .compose(done -> entries.isEmpty() ? overHole(until) : Future.succeededFuture(until)));
        }

        /** A hole is as wide as whoever made it wanted: what comes behind it is looked for, and not walked to. */
        private Future<Long> overHole(long from) {
            return Future.all(tree.next(from), heads.next(from)).map(next -> {
                OptionalLong entry = next.resultAt(0);
                OptionalLong head = next.resultAt(1);
                long start = Math.min(end, Math.min(entry.orElse(end), head.orElse(end + 1) - 1));
                if (start > from) {
                    tree.skip(from, start);
                }
                return start;
            });
        }
    }

    /** What stands behind the log's last batch in each shard, and shards that are not in the log at all. */
    private Future<Long> unsealed(BatchAudit logged) {
        return shards.shards().compose(all -> {
            Future<Long> count = Future.succeededFuture(0L);
            for (UUID shard : all) {
                count = count.compose(before -> behind(shard, logged).map(leaves -> before + leaves));
            }
            return count;
        });
    }

    private Future<Long> behind(UUID shard, BatchAudit logged) {
        BatchAudit.Place place = logged.place(shard);
        if (place == null) {
            return shards.shard(shard).map(verdict -> counted(verdict, 0));
        }
        return shards.behind(shard, place.seq(), place.n(), place.head()).map(verdict -> counted(verdict, place.n()));
    }

    private long counted(Verdict verdict, long before) {
        return switch (verdict) {
            case Verdict.Sound sound -> sound.leaves() - before;
            case Verdict.Wrong wrong -> {
                findings.add(new Finding.Leaf(wrong.shard(), wrong.n(), wrong.flaw()));
                yield 0;
            }
        };
    }
}
