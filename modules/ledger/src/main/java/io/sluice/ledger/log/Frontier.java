package io.sluice.ledger.log;

import io.sluice.ledger.HashTree;
import io.sluice.ledger.log.Span.NodeId;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The right edge of a growing tree: the full subtrees that its entries make, at most one of each size. */
final class Frontier {

    private final List<Buffer> full;
    private long size;

    private Frontier(long size, List<Buffer> full) {
        this.size = size;
        this.full = new ArrayList<>(full);
    }

    static Frontier empty() {
        return new Frontier(0, List.of());
    }

    /** Of a tree of that size whose nodes are known. */
    static Frontier of(long size, Nodes nodes) {
        return new Frontier(
                size, new Span(0, size).nodes().stream().map(nodes::hash).toList());
    }

    Frontier copy() {
        return new Frontier(size, full);
    }

    long size() {
        return size;
    }

    /**
     * Adds an entry.
     *
     * @param made told of each subtree that became full by it
     */
    void append(byte[] hash, BiConsumer<NodeId, Buffer> made) {
        Buffer node = Buffer.buffer(hash);
        made.accept(new NodeId(0, size), node);
        long index = size;
        for (int level = 1; (index & 1) == 1; level++) {
            node = Buffer.buffer(HashTree.node(full.removeLast().getBytes(), node.getBytes()));
            index >>= 1;
            made.accept(new NodeId(level, index), node);
        }
        full.add(node);
        size++;
    }

    /** Of at least one entry. */
    Buffer root() {
        return Span.fold(full);
    }
}
