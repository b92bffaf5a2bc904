package io.sluice.ledger.log;

import io.sluice.ledger.log.Span.NodeId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One round of the sequencer, in one transaction: what is new becomes entries of the log, its tallies the entries behind them,
 * and a head over all is signed. It costs as much as there is new.
 */
final class Round {

    // taken before anything is written, and held until the end: who raises the epoch waits for it, or is before it
    private static final String FENCE = "select epoch from ledger.sequencer where epoch = $1 for update";

    private static final String INSERT_ENTRIES = """
            insert into ledger.entry (index, shard, seq, bytes)
            select $1::bigint + i - 1, shard, seq, bytes
            from unnest($2::uuid[], $3::bigint[], $4::bytea[]) with ordinality as e (shard, seq, bytes, i)""";

    private static final String INSERT_NODES = """
            insert into ledger.node (level, index, hash)
            select level, index, hash from unnest($1::int[], $2::bigint[], $3::bytea[]) as n (level, index, hash)""";

    private static final String INSERT_HEAD =
            "insert into ledger.head (size, epoch, bytes, key, signature) values ($1, $2, $3, $4, $5)";

    /** Notes down what all of is in the log, if the epoch is not over. */
    static final String SEEN = "update ledger.sequencer set seen = $2::text::pg_snapshot where epoch = $1";

    private final SqlConnection session;
    private final LogState before;
    private final HeadSigner signer;
    private final Instant now;

    /**
     * What it came to.
     *
     * @param behind shards to look at again
     * @param isMore whether the next round should not wait
     */
    record Ended(LogState state, Set<UUID> behind, boolean isMore, int batches, int leaves) {}

    Round(SqlConnection session, LogState before, HeadSigner signer, Instant now) {
        this.session = session;
        this.before = before;
        this.signer = signer;
        this.now = now;
    }

    /** Fails with {@link Superseded}, and then has done nothing, if a later epoch has begun. */
    Future<Ended> run(Set<UUID> behind) {
        return NewBatches.find(session, before.seen(), behind).compose(found -> {
            if (found.batches().isEmpty()) {
                return nothing(found);
            }
            return fence().compose(held -> LoggedLeaf.of(session, found))
                    .compose(leaves ->
                            TallyRows.of(session, leaves, before.frontier().size()))
                    .compose(tallies -> write(found, tallies));
        });
    }

    /** Where nothing is new, nothing is written, but that a great many transactions need not be looked through again. */
    private Future<Ended> nothing(NewBatches found) {
        Ended ended = new Ended(before.seen(after(found)), found.behind(), found.isMore(), 0, 0);
        return found.isMore()
                ? fence().compose(held -> seen(found)).map(moved -> ended)
                : Future.succeededFuture(ended);
    }

    private Future<?> fence() {
        return session.preparedQuery(FENCE)
                .execute(Tuple.of(before.epoch()))
                .compose(rows -> rows.size() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Superseded(before.epoch())));
    }

    /** From where the next look begins: the same place, until all that was found there is in the log. */
    private String after(NewBatches found) {
        return found.isCut() ? before.seen() : found.seen();
    }

    private Future<?> seen(NewBatches found) {
        return found.isCut()
                ? Future.succeededFuture()
                : session.preparedQuery(SEEN).execute(Tuple.of(before.epoch(), found.seen()));
    }

    private Future<Ended> write(NewBatches found, TallyRows tallies) {
        List<LogEntry> entries = new ArrayList<>(found.batches());
        entries.addAll(tallies.entries());
        Frontier frontier = before.frontier().copy();
        List<NodeId> places = new ArrayList<>();
        List<Buffer> hashes = new ArrayList<>();
        for (LogEntry entry : entries) {
            frontier.append(entry.hash(), (place, hash) -> {
                places.add(place);
                hashes.add(hash);
            });
        }
        TreeHead head = new TreeHead(
                before.log(),
                before.epoch(),
                frontier.size(),
                before.leaves() + found.leaves(),
                frontier.root(),
                now.isAfter(before.time()) ? now : before.time(),
                signer.key().id());
        long tallied = before.frontier().size() + found.batches().size();
        return Future.join(List.of(
                        insert(entries),
                        insert(places, hashes),
                        tallies.insert(session, tallied),
                        insert(head, SignedHead.sign(head, signer)),
                        seen(found)))
                .map(written -> new Ended(
                        new LogState(head.log(), head.epoch(), frontier, head.leaves(), head.time(), after(found)),
                        found.behind(),
                        found.isMore(),
                        found.batches().size(),
                        found.leaves()));
    }

    private Future<?> insert(List<LogEntry> entries) {
        UUID[] shards = new UUID[entries.size()];
        Long[] seqs = new Long[entries.size()];
        for (int i = 0; i < shards.length; i++) {
            if (entries.get(i) instanceof LogEntry.OfBatch batch) {
                shards[i] = batch.shard();
                seqs[i] = batch.seq();
            }
        }
        Buffer[] bytes = entries.stream().map(LogEntry::bytes).toArray(Buffer[]::new);
        return session.preparedQuery(INSERT_ENTRIES)
                .execute(Tuple.of(before.frontier().size(), shards, seqs, bytes));
    }

    private Future<?> insert(List<NodeId> places, List<Buffer> hashes) {
        return session.preparedQuery(INSERT_NODES)
                .execute(Tuple.of(
                        places.stream().map(NodeId::level).toArray(Integer[]::new),
                        places.stream().map(NodeId::index).toArray(Long[]::new),
                        hashes.toArray(Buffer[]::new)));
    }

    private Future<?> insert(TreeHead head, SignedHead signed) {
        return session.preparedQuery(INSERT_HEAD)
                .execute(Tuple.of(head.size(), head.epoch(), signed.bytes(), head.key(), signed.signature()));
    }

    /** A later epoch has begun, so this one is over. */
    static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Superseded(long epoch) {
            super("epoch " + epoch + " of the ledger's sequencer is over", null, false, false);
        }
    }
}
