package io.sluice.ledger.log;

import io.sluice.ledger.log.Span.NodeId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Stored nodes of the log's tree: as many are read as a proof needs, whatever the log's size. */
final class Nodes {

    private static final String READ = """
            select n.level, n.index, n.hash from unnest($1::int[], $2::bigint[]) as w (level, index)
            join ledger.node n on n.level = w.level and n.index = w.index""";

    private final Map<NodeId, Buffer> hashes;

    private Nodes(Map<NodeId, Buffer> hashes) {
        this.hashes = hashes;
    }

    Optional<Buffer> find(NodeId node) {
        return Optional.ofNullable(hashes.get(node));
    }

    /** @throws IllegalStateException if it is missing */
    Buffer hash(NodeId node) {
        return find(node).orElseThrow(() -> new IllegalStateException("a node of the log's tree is missing: " + node));
    }

    /** @param query asks the database */
    static Future<Nodes> read(BiFunction<String, Tuple, Future<RowSet<Row>>> query, Collection<NodeId> wanted) {
        Integer[] levels = wanted.stream().map(NodeId::level).toArray(Integer[]::new);
        Long[] indexes = wanted.stream().map(NodeId::index).toArray(Long[]::new);
        return query.apply(READ, Tuple.of(levels, (Object) indexes)).map(rows -> {
            Map<NodeId, Buffer> hashes = new HashMap<>();
            for (Row row : rows) {
                hashes.put(new NodeId(row.getInteger(0), row.getLong(1)), row.getBuffer(2));
            }
            return new Nodes(hashes);
        });
    }

    /** What is needed of these spans. */
    static Future<Nodes> of(BiFunction<String, Tuple, Future<RowSet<Row>>> query, List<Span> spans) {
        return read(
                query,
                spans.stream().flatMap(span -> span.nodes().stream()).distinct().toList());
    }

    /** The roots of spans whose nodes are here, in their order. */
    List<Buffer> roots(List<Span> spans) {
        return spans.stream().map(span -> span.root(this::hash)).toList();
    }
}
