package io.sluice.vault;

import io.sluice.storage.GroupCommit;
import java.time.Duration;

/**
 * The vault's bounds.
 *
 * @param cachedKeys persons whose unwrapped keys a node keeps at most
 * @param cachedFor how long it keeps one, used or not
 * @param loading look-ups of keys in flight: statements, persons in one, persons waiting; past that they are refused
 * @param creating transactions that write new keys
 */
public record VaultSettings(int cachedKeys, Duration cachedFor, Loading loading, GroupCommit.Limits creating) {

    /**
     * @param statements at the same time
     * @param batch persons in one statement
     * @param queue persons waiting
     */
    public record Loading(int statements, int batch, int queue) {
        public Loading {
            if (statements < 1 || batch < 1 || queue < 1) {
                throw new IllegalArgumentException("statements, batch and queue hold at least one");
            }
        }
    }

    public VaultSettings {
        if (cachedKeys < 1 || cachedFor.isNegative() || cachedFor.isZero()) {
            throw new IllegalArgumentException("a cache holds at least one key for some time");
        }
    }

    /** Bounds that suit a node; how many keys to keep depends on its memory (about 400 bytes each). */
    public static VaultSettings keeping(int cachedKeys) {
        return new VaultSettings(
                cachedKeys, Duration.ofMinutes(10), new Loading(4, 256, 20_000), new GroupCommit.Limits(2, 250, 5_000));
    }
}
