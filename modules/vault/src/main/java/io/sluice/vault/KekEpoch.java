package io.sluice.vault;

import java.time.Instant;

/**
 * An epoch whose key-encryption key exists.
 *
 * @param number grows by one from epoch to epoch, and is never used again
 * @param madeAt when its key was made, and the epoch before ended
 */
public record KekEpoch(int number, Instant madeAt) {}
