package io.sluice.ledger.log;

import io.sluice.ledger.HashTree;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Entries of a tree, from one on until before another, whose root is a node of the tree of RFC 9162 (2.1): it begins at a
 * multiple of the smallest power of two that is not smaller than its size.
 */
public record Span(long from, long until) {

    /** The full subtrees that the span is made of, the largest first. */
    public List<NodeId> nodes() {
        List<NodeId> nodes = new ArrayList<>();
        long at = from;
        while (at < until) {
            int level = 63 - Long.numberOfLeadingZeros(until - at);
            nodes.add(new NodeId(level, at >> level));
            at += 1L << level;
        }
        return nodes;
    }

    /** Its root, if each of its full subtrees has this one. */
    public Buffer root(Function<NodeId, Buffer> full) {
        return fold(nodes().stream().map(full).toList());
    }

    /** The root over full subtrees that stand side by side, the largest first. */
    static Buffer fold(List<Buffer> full) {
        byte[] root = full.getLast().getBytes();
        for (int i = full.size() - 2; i >= 0; i--) {
            root = HashTree.node(full.get(i).getBytes(), root);
        }
        return Buffer.buffer(root);
    }

    /** A full subtree: {@code 2^level} entries, the {@code index}th of them. */
    public record NodeId(int level, long index) {}
}
