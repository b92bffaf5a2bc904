package io.sluice.ledger;

import io.sluice.kernel.Rider;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A leaf that waits to be written with somebody's transaction. */
final class PendingLeaf implements Rider {

    /** The batch that may have been committed with this leaf in it. */
    record Doubt(UUID shard, long seq) {}

    private final Instant time;
    private final LeafKind kind;
    private final byte[] before;
    private final byte[] after;
    private volatile @Nullable Doubt doubt;
    private volatile boolean isCommitted;

    PendingLeaf(Instant time, LeafKind kind, String before, String after) {
        this.time = time;
        this.kind = kind;
        this.before = before.getBytes(StandardCharsets.UTF_8);
        this.after = after.getBytes(StandardCharsets.UTF_8);
    }

    Instant time() {
        return time;
    }

    LeafKind kind() {
        return kind;
    }

    /** The leaf's bytes under this number. */
    byte[] bytes(long n) {
        byte[] number = Long.toString(CanonicalJson.checked(n)).getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[before.length + number.length + after.length];
        System.arraycopy(before, 0, bytes, 0, before.length);
        System.arraycopy(number, 0, bytes, before.length, number.length);
        System.arraycopy(after, 0, bytes, before.length + number.length, after.length);
        return bytes;
    }

    @Nullable Doubt doubt() {
        return doubt;
    }

    void doubt(Doubt batch) {
        doubt = batch;
    }

    @Override
    public void committed() {
        isCommitted = true;
    }

    @Override
    public boolean isCommitted() {
        return isCommitted;
    }
}
