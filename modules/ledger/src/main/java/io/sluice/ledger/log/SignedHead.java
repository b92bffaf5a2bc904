package io.sluice.ledger.log;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

/**
 * A head with its signature, and the key that it is said to be signed with: whoever checks it must know that key from elsewhere.
 *
 * @param bytes the head, as it was signed
 */
public record SignedHead(Buffer bytes, HeadKey key, Buffer signature) {

    static SignedHead sign(TreeHead head, HeadSigner signer) {
        return new SignedHead(head.bytes(), signer.key(), signer.sign(head.bytes()));
    }

    /** @param row of bytes, key and signature, from that column on */
    static SignedHead of(Row row, int from) {
        return new SignedHead(row.getBuffer(from), HeadKey.of(row.getBuffer(from + 1)), row.getBuffer(from + 2));
    }

    /**
     * What it says.
     *
     * @throws RuntimeException if the bytes are none of a head
     */
    public TreeHead head() {
        return TreeHead.of(bytes);
    }

    /** Whether its key has signed it, and is the one that the head names. */
    boolean isSigned() {
        return head().key().equals(key.id()) && key.hasSigned(bytes, signature);
    }

    /** How it is told to everybody: {@code {"head": …, "key": …, "public_key": …, "signature": …}} on one line. */
    public String json() {
        return "{\"head\":" + bytes + ",\"key\":\"" + key.id() + "\",\"public_key\":\"" + Encoded.text(key.bytes())
                + "\",\"signature\":\"" + Encoded.text(signature) + "\"}";
    }

    /**
     * A head as {@link #json()} tells it.
     *
     * @throws IllegalArgumentException if it is not such a line
     */
    public static SignedHead parse(String json) {
        try {
            JsonObject whole = new JsonObject(json);
            return new SignedHead(
                    TreeHead.of(whole.getJsonObject("head")).bytes(),
                    HeadKey.of(Encoded.bytes(whole.getString("public_key"))),
                    Encoded.bytes(whole.getString("signature")));
        } catch (RuntimeException notOne) {
            // not JSON, or without what a head has, or of other types: all the same to whoever asks
            throw new IllegalArgumentException("not a signed head", notOne);
        }
    }
}
