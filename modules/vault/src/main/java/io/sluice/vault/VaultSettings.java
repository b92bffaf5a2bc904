package io.sluice.vault;

import io.sluice.storage.GroupCommit;
import java.time.Duration;

/**
 * The vault's bounds.
 *
 * @param cachedKeys persons whose unwrapped keys a node keeps at most
 * @param cachedFor how long it keeps one, used or not
 * @param shredLease how long it uses what it keeps without having asked who was shredded; a shredding's answer waits so long
 * @param loading look-ups of keys in flight: statements, persons in one, persons waiting; past that they are refused
 * @param creating transactions that write new keys
 */
public record VaultSettings(
        int cachedKeys, Duration cachedFor, Duration shredLease, Loading loading, GroupCommit.Limits creating) {

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
        if (shredLease.toMillis() < 4) {
            throw new IllegalArgumentException("a lease lasts for some time");
        }
    }

    /** Bounds that suit a node; how many keys to keep depends on its memory (about 400 bytes each). */
    public static VaultSettings keeping(int cachedKeys) {
        return new VaultSettings(
                cachedKeys,
                Duration.ofMinutes(10),
                Duration.ofSeconds(4),
                new Loading(4, 256, 20_000),
                new GroupCommit.Limits(2, 250, 5_000));
    }

    /** The same with another lease. */
    public VaultSettings leasing(Duration lease) {
        return new VaultSettings(cachedKeys, cachedFor, lease, loading, creating);
    }
}
