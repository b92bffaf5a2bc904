package io.sluice.ledger;

import io.sluice.kernel.Rider;
import io.sluice.kernel.Standing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A leaf that waits to be written with somebody's transaction: with one at a time, though several may come to it, from several
 * threads. It keeps every doubt until it is known to be durable, for any of the batches in doubt may be the one that holds it.
 */
final class PendingLeaf implements Rider {

    /** The batch that may have been committed with this leaf in it. */
    record Doubt(UUID shard, long seq) {}

    private final Instant time;
    private final LeafKind kind;
    private final byte[] before;
    private final byte[] after;
    private volatile List<Standing> standings;
    private List<Doubt> doubts = List.of();
    private @Nullable Promise<Void> underWay;
    private volatile boolean isCommitted;

    PendingLeaf(Instant time, LeafKind kind, List<Standing> standings, String before, String after) {
        this.time = time;
        this.kind = kind;
        this.standings = standings;
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

    /** Batches that may have been committed with this leaf in them; one of them at most has been, or ever will be. */
    synchronized List<Doubt> doubts() {
        return doubts;
    }

    /** Takes it along in a transaction; false if another one has it, or it is durable. */
    synchronized boolean take() {
        if (underWay != null || isCommitted) {
            return false;
        }
        underWay = Promise.promise();
        return true;
    }

    /** That transaction ended without it. */
    void giveBack() {
        end().complete();
    }

    /** That transaction was lost, and may have written it in this batch. */
    void giveBack(Doubt batch) {
        synchronized (this) {
            doubts = Stream.concat(doubts.stream(), Stream.of(batch)).toList();
        }
        end().complete();
    }

    private synchronized Promise<Void> end() {
        Promise<Void> ended = Objects.requireNonNull(underWay, "only a leaf that was taken comes to an end");
        underWay = null;
        return ended;
    }

    /** Succeeds when no transaction has it. */
    synchronized Future<Void> ended() {
        return underWay == null ? Future.succeededFuture() : underWay.future();
    }

    @Override
    public List<Standing> standings() {
        return standings;
    }

    /** What it tells of has been seen by its handler: it is true from here on, whoever has withdrawn what since. */
    void delivered() {
        standings = List.of();
    }

    @Override
    public void committed() {
        isCommitted = true;
        end().complete();
    }

    @Override
    public boolean isCommitted() {
        return isCommitted;
    }
}
