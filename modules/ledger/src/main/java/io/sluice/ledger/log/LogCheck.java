package io.sluice.ledger.log;

import io.sluice.ledger.LedgerCheck;
import io.sluice.ledger.Verdict;
import io.sluice.ledger.log.Finding.EntryFlaw;
import io.sluice.ledger.log.Finding.PinFlaw;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
        return database.query(
                        "select log, (select max(size) from ledger.head), (select max(index) + 1 from ledger.entry)"
                                + " from ledger.sequencer",
                        Tuple.tuple())
                .compose(rows -> {
                    Row row = rows.iterator().next();
                    UUID log = row.getUUID(0);
                    long signed = row.getLong(1) == null ? 0 : row.getLong(1);
                    long there = row.getLong(2) == null ? 0 : row.getLong(2);
                    for (long index = signed; index < there; index++) {
                        findings.add(new Finding.Entry(index, EntryFlaw.UNSIGNED));
                    }
                    HeadAudit heads = new HeadAudit(database, log, trusted, judged(kept, log, signed), findings);
                    Walk walk = new Walk(
                            new TreeAudit(database, findings),
                            new BatchAudit(database, shards, findings),
                            new TallyAudit(database, findings),
                            heads,
                            Math.max(signed, there),
                            progress);
                    return walk.from(0)
                            .compose(done -> unsealed(walk.batches))
                            .map(notSealed -> new Report(
                                    walk.end,
                                    walk.batches.leaves(),
                                    heads.count(),
                                    kept.size(),
                                    notSealed,
                                    findings.kept(),
                                    findings.others()));
                });
    }

    /** Those kept heads that can be held against the log. */
    private List<TreeHead> judged(List<SignedHead> kept, UUID log, long signed) {
        List<TreeHead> judged = new ArrayList<>();
        for (SignedHead each : kept) {
            TreeHead head = each.head();
            if (!each.isSigned() || !trusted.contains(each.key())) {
                findings.add(new Finding.Pinned(head.size(), PinFlaw.NOT_SIGNED));
            } else if (!head.log().equals(log)) {
                findings.add(new Finding.Pinned(head.size(), PinFlaw.ANOTHER_LOG));
            } else if (head.size() > signed) {
                findings.add(new Finding.Pinned(head.size(), PinFlaw.CUT));
            } else {
                judged.add(head);
            }
        }
        return judged;
    }

    /** Through all entries, from the first to the last. */
    private static final class Walk {
        private final TreeAudit tree;
        private final BatchAudit batches;
        private final TallyAudit tallies;
        private final HeadAudit heads;
        private final long end;
        private final LongConsumer progress;

        Walk(TreeAudit tree, BatchAudit batches, TallyAudit tallies, HeadAudit heads, long end, LongConsumer progress) {
            this.tree = tree;
            this.batches = batches;
            this.tallies = tallies;
            this.heads = heads;
            this.end = end;
            this.progress = progress;
        }

        Future<Void> from(long index) {
            if (index >= end) {
                tallies.end(end);
                return Future.succeededFuture();
            }
            long until = Math.min(end, index + ENTRIES_AT_A_TIME);
            // the tallies of a page need what its batches hold; the heads what its entries hash to
            return tree.page(index, until)
                    .compose(entries -> batches.page(entries)
                            .compose(leaves -> tallies.page(entries, leaves))
                            .compose(tallied -> heads.page(index, until, tree.roots(), batches.totals())))
                    .compose(done -> {
                        progress.accept(until);
                        return from(until);
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
