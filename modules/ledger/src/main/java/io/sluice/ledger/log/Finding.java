package io.sluice.ledger.log;

import io.sluice.ledger.Verdict.Flaw;
import java.util.UUID;

/** Something that is not as it was signed. */
public sealed interface Finding {

    /** Where it is, and what is wrong, in words. */
    String text();

    /** One leaf of a shard; {@code flaw} says how. */
    record Leaf(UUID shard, long n, Flaw flaw) implements Finding {
        @Override
        public String text() {
            return "leaf " + n + " of shard " + shard + ": " + flaw;
        }
    }

    /**
     * One batch.
     *
     * @param n of its first leaf
     */
    record Batch(UUID shard, long seq, long n, BatchFlaw flaw) implements Finding {
        @Override
        public String text() {
            return "batch " + seq + " of shard " + shard + " (leaves from " + n + "): " + flaw;
        }
    }

    /** A shard that somebody wrote. */
    record Shard(UUID shard) implements Finding {
        @Override
        public String text() {
            return "shard " + shard + ": MISSING, nothing says who opened it";
        }
    }

    /** An entry of the log, or what it commits to. */
    record Entry(long index, EntryFlaw flaw) implements Finding {
        @Override
        public String text() {
            return "entry " + index + ": " + flaw;
        }
    }

    /** A head in the database. */
    record Head(long size, HeadFlaw flaw) implements Finding {
        @Override
        public String text() {
            return "head of " + size + " entries: " + flaw;
        }
    }

    /** A head that was kept elsewhere. */
    record Pinned(long size, PinFlaw flaw) implements Finding {
        @Override
        public String text() {
            return "kept head of " + size + " entries: " + flaw;
        }
    }

    /** How a batch is wrong. */
    enum BatchFlaw {
        /** It is in the log, and not there. */
        MISSING,
        /** It is another one than the log's. */
        ALTERED,
        /** Its leaves are each well in themselves, and not those that were hashed: one was altered with its hash. */
        LEAVES_EXCHANGED,
        /** It is not the next one of its shard. */
        OUT_OF_ORDER,
        /** It is not chained to the one before. */
        UNCHAINED
    }

    /** How an entry is wrong. */
    enum EntryFlaw {
        MISSING,
        /** Its bytes are not those that the tree was made of. */
        ALTERED,
        /** A stored node of the tree above it is not the one that its entries make. */
        NODE_WRONG,
        /** Leaves before it are counted in no tally. */
        NOT_TALLIED,
        /** The tallies that it commits to are others, or not all there. */
        TALLIES_ALTERED,
        /** They do not count what was in the log since the tallies before. */
        TALLIES_MISCOUNTED,
        /** No head was signed over it. */
        UNSIGNED
    }

    /** How a head is wrong. */
    enum HeadFlaw {
        /** It is none, or says something else than its row. */
        ALTERED,
        /** No key that is trusted has signed it. */
        NOT_SIGNED,
        /** It is signed, and not for this log: entries were rewritten. */
        REWRITTEN,
        /** Its epoch is lower than the one before, or nobody has taken it. */
        EPOCH_WRONG
    }

    /** How what was kept contradicts the database. */
    enum PinFlaw {
        /** No key that is trusted has signed it: it proves nothing. */
        NOT_SIGNED,
        /** It is another log's. */
        ANOTHER_LOG,
        /** The log ends before: what came then was cut off. */
        CUT,
        /** The log was another one then: it was rewritten. */
        REWRITTEN
    }
}
