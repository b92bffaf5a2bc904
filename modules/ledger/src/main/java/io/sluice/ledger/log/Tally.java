package io.sluice.ledger.log;

import io.sluice.ledger.CanonicalJson;
import io.sluice.ledger.HashTree;
import io.vertx.core.buffer.Buffer;

/**
 * How many leaves name a record so far, and a chain over them all, in the order of their indexes. The index of a leaf is its
 * place among the leaves of its record, counted from 0 in the log's order: so whoever has the tally knows how many there are and
 * which, and misses one that is held back.
 *
 * @param first index of the first leaf that came with this tally: as many as were counted before
 */
record Tally(String record, long first, long count, Buffer chain) {

    /** Of a record that no leaf has named yet. */
    static Tally none(String record) {
        return new Tally(record, 0, 0, Buffer.buffer(HashTree.tallyStart(record)));
    }

    /** The tally of the next round, still without leaves. */
    Tally next() {
        return new Tally(record, count, count, chain);
    }

    Tally plus(Buffer leafHash) {
        return new Tally(
                record, first, count + 1, Buffer.buffer(HashTree.tally(chain.getBytes(), leafHash.getBytes())));
    }

    Buffer bytes() {
        return Buffer.buffer(new CanonicalJson()
                .text("chain", Encoded.text(chain))
                .number("count", count)
                .number("first", first)
                .text("record", record)
                .number("v", LogEntry.VERSION)
                .toString());
    }

    byte[] hash() {
        return HashTree.leaf(bytes().getBytes());
    }
}
