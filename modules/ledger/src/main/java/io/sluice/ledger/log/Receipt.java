package io.sluice.ledger.log;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger says of one record, with everything that proves it to somebody who knows the log's key and nothing else.
 *
 * @param record the pseudonym under which the leaves name the record
 * @param salt which shows, to somebody who knows the record's id, that this is its pseudonym
 * @param leaves all of them, in the order of their indexes
 * @param tally the newest; none if no leaf names the record
 * @param head that the proofs lead to
 */
public record Receipt(String record, Buffer salt, List<Leaf> leaves, Optional<Counted> tally, SignedHead head) {

    public Receipt {
        leaves = List.copyOf(leaves);
    }

    /**
     * One leaf.
     *
     * @param bytes that were hashed: RFC 8785 JSON
     */
    public record Leaf(Buffer bytes, LogReads.Inclusion inclusion) {}

    /**
     * How many there are.
     *
     * @param bytes of the tally, as they were hashed: RFC 8785 JSON
     */
    public record Counted(Buffer bytes, LogReads.Inclusion inclusion) {}
}
