package io.sluice.ledger;

import io.sluice.ledger.Verdict.Flaw;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** A leaf as it was found. */
public record StoredLeaf(Buffer bytes, Buffer hash, Instant at) {

    /**
     * A leaf from its row.
     *
     * @param row of bytes, hash and time, from that column on
     */
    public static StoredLeaf of(Row row, int from) {
        return new StoredLeaf(
                row.getBuffer(from),
                row.getBuffer(from + 1),
                row.getOffsetDateTime(from + 2).toInstant());
    }

    /** The hash of its bytes, whatever hash is stored. */
    public byte[] computedHash() {
        return HashTree.leaf(bytes.getBytes());
    }

    /** What is wrong with it, if it stands in place {@code n} and all it has is itself. */
    public Optional<Flaw> flaw(long n) {
        if (!Arrays.equals(computedHash(), hash.getBytes())) {
            return Optional.of(Flaw.LEAF_ALTERED);
        }
        if (!(decoded() instanceof JsonObject leaf)
                || !(leaf.getValue("n") instanceof Number number)
                || !LeafForm.time(at).equals(leaf.getValue("time"))) {
            return Optional.of(Flaw.LEAF_ALTERED);
        }
        return number.longValue() == n ? Optional.empty() : Optional.of(Flaw.LEAF_MOVED);
    }

    /** The pseudonym under which it names its record, if it does. */
    public Optional<String> record() {
        return decoded() instanceof JsonObject leaf && leaf.getValue("record") instanceof String record
                ? Optional.of(record)
                : Optional.empty();
    }

    /** Any JSON value; a text that is no object if it is none, which is a finding and not a fault. */
    private Object decoded() {
        try {
            Object value = Json.decodeValue(bytes);
            return value == null ? "null" : value;
        } catch (DecodeException notJson) {
            return "not JSON";
        }
    }
}
