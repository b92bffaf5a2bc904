package io.sluice.ledger.log;

import io.sluice.ledger.HashTree;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Which nodes prove something, in the order in which RFC 9162 puts them. */
public final class Proofs {

    private Proofs() {}

    /** That an entry is in the tree of that size (2.1.3.1): {@code PATH(index, D_size)}. */
    public static List<Span> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("there is no entry " + index + " in a tree of " + size);
        }
        List<Span> path = new ArrayList<>();
        path(index, new Span(0, size), path);
        return path;
    }

    private static void path(long index, Span tree, List<Span> path) {
        if (tree.until() - tree.from() == 1) {
            return;
        }
        long middle = middle(tree);
        Span left = new Span(tree.from(), middle);
        Span right = new Span(middle, tree.until());
        path(index, index < middle ? left : right, path);
        path.add(index < middle ? right : left);
    }

    /** That the tree of the one size is the beginning of that of the other (2.1.4.1): {@code PROOF(from, D_to)}. */
    public static List<Span> consistency(long from, long to) {
        if (from < 1 || from > to) {
            throw new IllegalArgumentException("a tree of " + from + " is not the beginning of one of " + to);
        }
        List<Span> proof = new ArrayList<>();
        subproof(from, new Span(0, to), true, proof);
        return proof;
    }

    private static void subproof(long end, Span tree, boolean isKnown, List<Span> proof) {
        if (end == tree.until()) {
            if (!isKnown) {
                proof.add(tree);
            }
            return;
        }
        long middle = middle(tree);
        Span left = new Span(tree.from(), middle);
        Span right = new Span(middle, tree.until());
        if (end <= middle) {
            subproof(end, left, isKnown, proof);
            proof.add(right);
        } else {
            subproof(end, right, false, proof);
            proof.add(left);
        }
    }

    /** Behind the largest power of two that is smaller than the tree. */
    private static long middle(Span tree) {
        return tree.from() + Long.highestOneBit(tree.until() - tree.from() - 1);
    }

    /** The path in a tree that is small enough to be at hand: a batch's leaves, a group of tallies. */
    static List<Buffer> inclusion(int index, List<byte[]> leafHashes) {
        return inclusion((long) index, leafHashes.size()).stream()
                .map(span -> Buffer.buffer(HashTree.root(leafHashes.subList((int) span.from(), (int) span.until()))))
                .toList();
    }
}
