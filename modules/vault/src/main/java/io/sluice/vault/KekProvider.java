package io.sluice.vault;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * The port to whoever holds the key-encryption keys: a file, a transit engine, a KMS. Each epoch has a key of its own, and an
 * epoch that was destroyed opens nothing ever again. A holder that is away fails with {@link io.sluice.kernel.Unavailable}.
 */
public interface KekProvider {

    /** The epoch under which keys are wrapped now, as far as this node has heard; at least 1. */
    int currentEpoch();

    /** All epochs that have a key, oldest first. Asks the holder, so that this node knows what others did. */
    Future<List<KekEpoch>> epochs();

    /** Ends the epoch, if it is current still, by making a key for the next one. The answer is the current one. */
    Future<Integer> turn(int from);

    /** Destroys the keys of this epoch and of all before it, for good. The current epoch's cannot be destroyed. */
    Future<Void> destroyThrough(int epoch);

    /**
     * The key under that epoch's protection. Does not keep or change the arrays. Fails with {@link KeyNotUsable} if the epoch
     * is gone.
     */
    Future<Buffer> wrap(int epoch, byte[] key, byte[] associatedData);

    /**
     * The key that was wrapped. Fails with {@link KeyNotUsable} if the epoch is gone, or if these bytes were not wrapped with
     * this associated data.
     */
    Future<byte[]> unwrap(int epoch, Buffer wrapped, byte[] associatedData);
}
