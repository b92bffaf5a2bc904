package io.sluice.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * One writer's place in its chain: what it committed last, and so which number is next. It has one batch at a time; whoever
 * takes it gives it back moved on, or as it was, or not at all.
 */
final class Shard {

    private final UUID id;
    private final String node;
    private final String lane;
    private final Instant openedAt;
    private byte[] head;
    private long nextSeq;
    private long nextN;

    Shard(UUID id, String node, String lane, Instant openedAt) {
        this.id = id;
        this.node = node;
        this.lane = lane;
        this.openedAt = openedAt;
        this.head = genesis(id, node, lane, openedAt);
    }

    /** What a shard's first batch is chained to: who writes it. */
    static byte[] genesis(UUID id, String node, String lane, Instant openedAt) {
        String json = new CanonicalJson()
                .text("lane", lane)
                .text("node", node)
                .text("opened_at", LeafForm.time(openedAt))
                .text("shard", id.toString())
                .number("v", LeafForm.VERSION)
                .toString();
        return HashTree.genesis(json.getBytes(StandardCharsets.UTF_8));
    }

    /** After a commit. */
    void moveOn(byte[] newHead, int leaves) {
        head = newHead;
        nextSeq++;
        nextN += leaves;
    }

    UUID id() {
        return id;
    }

    String node() {
        return node;
    }

    String lane() {
        return lane;
    }

    Instant openedAt() {
        return openedAt;
    }

    byte[] head() {
        return head;
    }

    long nextSeq() {
        return nextSeq;
    }

    long nextN() {
        return nextN;
    }
}
