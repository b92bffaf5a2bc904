package io.sluice.gateway.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.ledger.log.Encoded;
import io.sluice.ledger.log.LogReads.Inclusion;
import io.sluice.ledger.log.LogReads.Step;
import io.sluice.ledger.log.Receipt;
import io.sluice.ledger.log.SignedHead;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Heads, proofs and receipts as JSON. What was hashed or signed is put in as it is, byte by byte. */
final class LedgerJson {

    private LedgerJson() {}

    static void head(JsonGenerator json, SignedHead head) throws IOException {
        json.writeRawValue(head.json());
    }

    static void hashes(JsonGenerator json, String name, List<Buffer> hashes) throws IOException {
        json.writeArrayFieldStart(name);
        for (Buffer hash : hashes) {
            json.writeString(Encoded.text(hash));
        }
        json.writeEndArray();
    }

    /** Two ways up, one after the other: to the root in the entry, and from the entry to the head's. */
    static void inclusion(JsonGenerator json, Inclusion inclusion) throws IOException {
        json.writeArrayFieldStart("inclusion");
        json.writeStartObject();
        step(json, inclusion.batch());
        json.writeFieldName("entry");
        json.writeRawValue(inclusion.entry().toString());
        json.writeEndObject();
        json.writeStartObject();
        step(json, inclusion.log());
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void step(JsonGenerator json, Step step) throws IOException {
        json.writeNumberField("index", step.index());
        json.writeNumberField("size", step.size());
        hashes(json, "path", step.path());
    }

    static void receipt(JsonGenerator json, UUID order, Receipt receipt) throws IOException {
        json.writeStartObject();
        json.writeStringField("order", order.toString());
        json.writeStringField("record", receipt.record());
        json.writeStringField("salt", Encoded.text(receipt.salt()));
        json.writeNumberField("count", receipt.leaves().size());
        json.writeArrayFieldStart("leaves");
        for (Receipt.Leaf leaf : receipt.leaves()) {
            json.writeStartObject();
            json.writeFieldName("leaf");
            json.writeRawValue(leaf.bytes().toString());
            inclusion(json, leaf.inclusion());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (receipt.tally().isPresent()) {
            json.writeObjectFieldStart("tally");
            json.writeFieldName("tally");
            json.writeRawValue(receipt.tally().get().bytes().toString());
            inclusion(json, receipt.tally().get().inclusion());
            json.writeEndObject();
        }
        json.writeFieldName("head");
        head(json, receipt.head());
        json.writeEndObject();
    }
}
