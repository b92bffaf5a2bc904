package io.sluice.ledger;

import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/** What a check of one shard found. */
public sealed interface Verdict {

    UUID shard();

    /**
     * Every leaf is the one that was hashed, and every batch is chained to the one before.
     *
     * @param head of the last batch: whoever kept an earlier one can tell whether the chain was rewritten or cut since
     */
    record Sound(UUID shard, long leaves, Buffer head) implements Verdict {}

    /** @param n number of the first leaf that is wrong, or of the first of a wrong batch */
    record Wrong(UUID shard, long n, Flaw flaw) implements Verdict {}

    /** How. */
    enum Flaw {
        /** There is no leaf of that number. */
        LEAF_MISSING,
        /** Its bytes are not those of its hash, or no leaf at all, or it is filed under a time that is not its own. */
        LEAF_ALTERED,
        /** Its bytes say another number. */
        LEAF_MOVED,
        /** No batch covers it. */
        LEAF_UNCOVERED,
        /** The batch that should begin there is missing, or begins or counts otherwise. */
        BATCH_MISSING,
        /** The batch's root is not that of its leaves: one of them was altered together with its hash. */
        ROOT_WRONG,
        /** The batch is not chained to the one before. */
        HEAD_WRONG,
        /** Nothing says who opened the shard. */
        SHARD_MISSING,
        /** All is sound up to there, and leaves are known to have stood there and behind. */
        CUT,
        /** The chain is sound, and another than the one that is known: it was rewritten there or before. */
        REWRITTEN
    }
}
