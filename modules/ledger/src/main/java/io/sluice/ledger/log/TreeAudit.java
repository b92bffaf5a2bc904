package io.sluice.ledger.log;

import io.sluice.ledger.HashTree;
import io.sluice.ledger.log.Finding.EntryFlaw;
import io.sluice.ledger.log.Span.NodeId;
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
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Grows the log's tree anew from the entries' bytes, and holds the stored nodes against it. */
final class TreeAudit {

    private static final String NEXT = """
            select least((select min(index) from ledger.entry where index >= $1),
                         (select min(index) from ledger.node where level = 0 and index >= $1))""";

    private final Database database;
    private final Findings findings;
    private final Frontier frontier = Frontier.empty();
    private List<Buffer> roots = List.of();
    private boolean isBroken;
    private long count;

    /** An entry as it stands in the database: what of a batch it says, if it is one's. */
    record Read(long index, @Nullable UUID shard, @Nullable Long seq, Buffer bytes) {}

    TreeAudit(Database database, Findings findings) {
        this.database = database;
        this.findings = findings;
    }

    /** The entries of a page. Those that are missing are named, and left out. */
    Future<List<Read>> page(long from, long until) {
        return Future.all(
                        database.query(
                                "select index, shard, seq, bytes from ledger.entry where index >= $1 and index < $2",
                                Tuple.of(from, until)),
                        Nodes.read(database::query, nodes(from, until)))
                .map(both -> {
                    Map<Long, Read> there = new HashMap<>();
                    for (Row row : both.<RowSet<Row>>resultAt(0)) {
                        there.put(
                                row.getLong(0),
                                new Read(row.getLong(0), row.getUUID(1), row.getLong(2), row.getBuffer(3)));
                    }
                    return grown(from, until, there, both.resultAt(1));
                });
    }

    /** The index of the next entry, or of the hash of one, from that one on; none if there is no more. */
    Future<OptionalLong> next(long from) {
        return database.query(NEXT, Tuple.of(from))
                .map(rows -> Stream.ofNullable(rows.iterator().next().getLong(0))
                        .mapToLong(Long::longValue)
                        .findFirst());
    }

    /** Goes on behind entries of which there is nothing. */
    void skip(long from, long until) {
        isBroken = true;
        findings.missing(from, until);
    }

    /** Entries that were there. */
    long count() {
        return count;
    }

    /** Every node that is full once these entries are there, and was not before. */
    private static List<NodeId> nodes(long from, long until) {
        List<NodeId> nodes = new ArrayList<>();
        for (long index = from; index < until; index++) {
            nodes.add(new NodeId(0, index));
            for (int level = 1; (index + 1) % (1L << level) == 0; level++) {
                nodes.add(new NodeId(level, index >> level));
            }
        }
        return nodes;
    }

    private List<Read> grown(long from, long until, Map<Long, Read> there, Nodes stored) {
        List<Read> entries = new ArrayList<>();
        List<Buffer> grownRoots = new ArrayList<>();
        for (long index = from; index < until; index++) {
            Read entry = there.get(index);
            Optional<Buffer> node = stored.find(new NodeId(0, index));
            long at = index;
            if (entry == null) {
                findings.add(new Finding.Entry(index, EntryFlaw.MISSING));
            } else {
                entries.add(entry);
                count++;
            }
            Optional<Buffer> hash = entry == null
                    ? Optional.empty()
                    : Optional.of(Buffer.buffer(HashTree.leaf(entry.bytes().getBytes())));
            if (hash.isPresent() && node.isPresent() && !hash.equals(node)) {
                findings.add(new Finding.Entry(index, EntryFlaw.ALTERED));
            }
            // which of the two is right is told by the next head: the node, if the entry alone was altered
            Optional<Buffer> believed = node.or(() -> hash);
            if (believed.isEmpty()) {
                isBroken = true;
            }
            if (!isBroken) {
                frontier.append(believed.orElseThrow().getBytes(), (place, made) -> {
                    if (!stored.find(place).equals(Optional.of(made))) {
                        findings.add(new Finding.Entry(at, EntryFlaw.NODE_WRONG));
                    }
                });
            }
            grownRoots.add(isBroken ? Buffer.buffer() : frontier.root());
        }
        roots = grownRoots;
        return entries;
    }

    /** The root behind each entry of the last page; empty from where the tree cannot be grown. */
    List<Buffer> roots() {
        return roots;
    }
}
