package io.sluice.vault;

/**
 * A person's keys, and the monotonic time after which they must not be used: by then the person may have been shredded without
 * this node having heard of it.
 */
record Leased(Keyring keyring, long untilNanos) {

    boolean isGoodAt(long nowNanos) {
        return nowNanos - untilNanos < 0;
    }
}
