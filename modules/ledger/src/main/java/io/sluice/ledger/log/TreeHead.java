package io.sluice.ledger.log;

import io.sluice.ledger.CanonicalJson;
import io.sluice.ledger.LeafForm;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * What is signed: that the log was this at that time.
 *
 * @param log the log's name
 * @param epoch of the sequencer: each has one of its own, and a later one a higher one
 * @param size entries in the log
 * @param leaves in the batches among them
 * @param key id of the key that signs it
 */
public record TreeHead(UUID log, long epoch, long size, long leaves, Buffer root, Instant time, String key) {

    /** The bytes that are signed: RFC 8785 JSON. */
    Buffer bytes() {
        return Buffer.buffer(new CanonicalJson()
                .number("epoch", epoch)
                .text("key", key)
                .number("leaves", leaves)
                .text("log", log.toString())
                .text("root", Encoded.text(root))
                .number("size", size)
                .text("time", LeafForm.time(time))
                .number("v", LogEntry.VERSION)
                .toString());
    }

    /** @throws RuntimeException if these are not the bytes of a head, in its canonical form */
    static TreeHead of(Buffer bytes) {
        TreeHead head = of(new JsonObject(bytes));
        if (!head.bytes().equals(bytes)) {
            throw new IllegalArgumentException("not a head in its canonical form");
        }
        return head;
    }

    /** @throws RuntimeException if this is no head */
    static TreeHead of(JsonObject json) {
        return new TreeHead(
                UUID.fromString(json.getString("log")),
                json.getLong("epoch"),
                json.getLong("size"),
                json.getLong("leaves"),
                Encoded.bytes(json.getString("root")),
                Instant.parse(json.getString("time")),
                json.getString("key"));
    }
}
