package io.sluice.ledger;

import io.sluice.testkit.explore.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One delivery: its handler's lane and the ledger's own, the leaf that both may write, and the transactions on the server, which
 * outlive their lanes.
 *
 * <p>A transaction's number is also that of the batch that it writes, unless it goes on where one that was rolled back left off.
 */
record LeafWorld(
        boolean isAlive, Serving serving, Lane effects, Lane ledger, Leaf leaf, List<Tx> transactions, Person person) {

    static final int NONE = -1;

    /** What {@code Serving} is about. */
    enum Serving {
        HANDLING,
        SETTLING,
        ANSWERED_DONE,
        ANSWERED_NO,
        ANSWERED_IN_DOUBT;

        boolean isAnswered() {
            return compareTo(ANSWERED_DONE) >= 0;
        }

        /** A handler's outcome was told, so it has seen the view: that must be on record. */
        boolean mustBeOnRecord() {
            return this == ANSWERED_DONE || this == ANSWERED_NO;
        }
    }

    /**
     * A lane with its one item.
     *
     * @param tx the transaction that it waits for
     * @param tries how many it may still make
     * @param batch the batch of a transaction that is known to be rolled back: its numbers are used again
     */
    record Lane(At at, int tx, int tries, int batch) {

        enum At {
            IDLE,
            READY,
            HAS_LOOKED,
            WAITS,
            COMMITTED,
            SUPERSEDED,
            FAILED;

            boolean isOver() {
                return compareTo(COMMITTED) >= 0;
            }
        }

        Lane at(At next) {
            return new Lane(next, NONE, tries, batch);
        }

        Lane waitingFor(int number) {
            return new Lane(At.WAITS, number, tries - 1, NONE);
        }

        Lane readyAgain(int oldBatch) {
            return new Lane(tries > 0 ? At.READY : At.FAILED, NONE, tries, oldBatch);
        }
    }

    /**
     * {@code PendingLeaf}.
     *
     * @param doubts batches that may hold it, as bits
     * @param holdsFence whether its standings are held against the person's row
     */
    record Leaf(boolean isUnderWay, int doubts, boolean isCommitted, boolean holdsFence) {

        Leaf taken() {
            return new Leaf(true, doubts, isCommitted, holdsFence);
        }

        Leaf givenBack() {
            return new Leaf(false, doubts, isCommitted, holdsFence);
        }

        Leaf inDoubt(int all) {
            return new Leaf(false, all, isCommitted, holdsFence);
        }

        Leaf committed() {
            return new Leaf(false, doubts, true, holdsFence);
        }

        Leaf withoutFence() {
            return new Leaf(isUnderWay, doubts, isCommitted, false);
        }
    }

    /**
     * A transaction on the server, all said to it at once.
     *
     * @param hasEffect whether it is to write the effect
     * @param hasLeaf whether it is to write the leaf
     * @param doubts batches in which the leaf may be already, as bits
     * @param holdsFence whether it holds the person's standing against the row
     * @param isCut whether nobody listens to it any more
     */
    record Tx(
            Stage stage,
            int batch,
            boolean hasEffect,
            boolean hasLeaf,
            int doubts,
            boolean holdsFence,
            boolean wroteLeaf,
            boolean isCut) {

        enum Stage {
            SENT,
            EFFECT_WRITTEN,
            STANDING,
            LOCKED,
            WRITTEN,
            // ends
            COMMITTED,
            COMMITTED_TOO_LATE,
            SUPERSEDED,
            ROLLED_BACK;

            boolean isEnd() {
                return compareTo(COMMITTED) >= 0;
            }

            boolean isCommitted() {
                return this == COMMITTED || this == COMMITTED_TOO_LATE;
            }
        }

        Tx at(Stage next) {
            return new Tx(next, batch, hasEffect, hasLeaf, doubts, holdsFence, wroteLeaf, isCut);
        }

        Tx written(boolean leaf) {
            return new Tx(Stage.WRITTEN, batch, hasEffect, hasLeaf, doubts, holdsFence, leaf, isCut);
        }

        Tx cut() {
            return new Tx(stage, batch, hasEffect, hasLeaf, doubts, holdsFence, wroteLeaf, true);
        }

        /** The batches whose shards it has locks on. */
        int locks() {
            return stage == Stage.LOCKED || stage == Stage.WRITTEN ? wantsLocks() : 0;
        }

        int wantsLocks() {
            return hasLeaf ? 1 << batch | doubts : 0;
        }

        boolean sharesFence() {
            return holdsFence && (stage == Stage.STANDING || stage == Stage.LOCKED || stage == Stage.WRITTEN);
        }

        boolean isWritingEffect() {
            return hasEffect && !stage.isEnd() && stage != Stage.SENT;
        }
    }

    /** Whether the person allows it still. Erasure and withdrawal are the same to the fence. */
    enum Person {
        ALLOWS,
        IS_TAKING_AWAY,
        HAS_TAKEN_AWAY
    }

    LeafWorld with(Serving next) {
        return new LeafWorld(isAlive, next, effects, ledger, leaf, transactions, person);
    }

    LeafWorld with(Person next) {
        return new LeafWorld(isAlive, serving, effects, ledger, leaf, transactions, next);
    }

    LeafWorld with(Leaf next) {
        return new LeafWorld(isAlive, serving, effects, ledger, next, transactions, person);
    }

    LeafWorld withEffects(Lane next) {
        return new LeafWorld(isAlive, serving, next, ledger, leaf, transactions, person);
    }

    LeafWorld withLedger(Lane next) {
        return new LeafWorld(isAlive, serving, effects, next, leaf, transactions, person);
    }

    LeafWorld with(int number, Tx next) {
        return with(Lists.with(transactions, number, next));
    }

    LeafWorld and(Tx next) {
        List<Tx> more = new ArrayList<>(transactions);
        more.add(next);
        return with(List.copyOf(more));
    }

    private LeafWorld with(List<Tx> next) {
        return new LeafWorld(isAlive, serving, effects, ledger, leaf, next, person);
    }

    /** The node is gone, and what it had on its mind with it; what it had said to the server is there still. */
    LeafWorld killed() {
        Lane gone = new Lane(Lane.At.IDLE, NONE, 0, NONE);
        return new LeafWorld(
                false,
                serving,
                gone,
                gone,
                new Leaf(false, 0, false, false),
                transactions.stream().map(Tx::cut).toList(),
                person);
    }

    /** The batches that are there, as bits. */
    int durable() {
        return bits(tx -> tx.stage().isCommitted() && tx.wroteLeaf());
    }

    /** The batches that were given up by a transaction which wrote its leaves elsewhere, as bits. */
    int givenUp() {
        int given = 0;
        for (Tx tx : transactions) {
            given |= tx.stage().isCommitted() && tx.wroteLeaf() ? tx.doubts() : 0;
        }
        return given;
    }

    private int bits(Predicate<Tx> which) {
        int bits = 0;
        for (Tx tx : transactions) {
            bits |= which.test(tx) ? 1 << tx.batch() : 0;
        }
        return bits;
    }

    long copies() {
        return transactions.stream()
                .filter(tx -> tx.stage().isCommitted() && tx.wroteLeaf())
                .count();
    }

    boolean hasEffect() {
        return transactions.stream().anyMatch(tx -> tx.stage().isCommitted() && tx.hasEffect());
    }

    boolean isOver() {
        return (!isAlive || serving.isAnswered())
                && transactions.stream().allMatch(tx -> tx.stage().isEnd());
    }
}
