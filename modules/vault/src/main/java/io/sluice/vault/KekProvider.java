package io.sluice.vault;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * The port to whoever holds the key-encryption keys: a file, a transit engine, a KMS. Each epoch has a key of its own, and an
 * epoch that was destroyed opens nothing ever again.
 */
public interface KekProvider {

    /** The epoch under which keys are wrapped now; at least 1. */
    int currentEpoch();

    /** The key under that epoch's protection. Does not keep or change the arrays. */
    Future<Buffer> wrap(int epoch, byte[] key, byte[] associatedData);

    /**
     * The key that was wrapped. Fails with {@link KeyNotUsable} if the epoch is gone, or if these bytes were not wrapped with
     * this associated data.
     */
    Future<byte[]> unwrap(int epoch, Buffer wrapped, byte[] associatedData);
}
