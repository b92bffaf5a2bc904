package io.sluice.ledger.log;

import io.sluice.ledger.CanonicalJson;
import io.sluice.ledger.HashTree;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/** One leaf of the log's tree. Nothing in it names anybody. */
sealed interface LogEntry {

    /** Of the form of entries, tallies and heads. A change is a new version. */
    int VERSION = 1;

    /** The bytes that are hashed: RFC 8785 JSON. */
    Buffer bytes();

    /** A batch of leaves as its writer has hashed and chained it. */
    record OfBatch(UUID shard, long seq, long firstN, int count, Buffer root, Buffer head) implements LogEntry {
        @Override
        public Buffer bytes() {
            return Buffer.buffer(new CanonicalJson()
                    .number("count", count)
                    .number("first_n", firstN)
                    .text("head", Encoded.text(head))
                    .text("kind", "batch")
                    .text("root", Encoded.text(root))
                    .number("seq", seq)
                    .text("shard", shard.toString())
                    .number("v", VERSION)
                    .toString());
        }
    }

    /** A group of one round's tallies. They count the leaves of all batches that stand before them and behind earlier tallies. */
    record OfTallies(int count, Buffer root) implements LogEntry {
        @Override
        public Buffer bytes() {
            return Buffer.buffer(new CanonicalJson()
                    .number("count", count)
                    .text("kind", "tallies")
                    .text("root", Encoded.text(root))
                    .number("v", VERSION)
                    .toString());
        }
    }

    default byte[] hash() {
        return HashTree.leaf(bytes().getBytes());
    }
}
