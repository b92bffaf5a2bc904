package io.sluice.vault;

import java.time.Duration;

/**
 * How long key-encryption keys live.
 *
 * @param length after so long an epoch ends, and what lives is wrapped under the next one
 * @param grace so long after its end an epoch's key is kept, for key-store backups of that age; then it is destroyed
 * @param every how often each node looks what is due
 * @param batch keys that are wrapped anew together
 * @param perSecond keys that are wrapped anew in a second at most
 */
public record EpochSettings(Duration length, Duration grace, Duration every, int batch, int perSecond) {

    public EpochSettings {
        if (length.toMillis() < 1 || grace.isNegative() || every.toMillis() < 1) {
            throw new IllegalArgumentException("an epoch and the time between two looks last for some time");
        }
        if (batch < 1 || perSecond < 1) {
            throw new IllegalArgumentException("at least one key is wrapped anew at a time");
        }
    }

    /** A look each minute; two thousand keys a second, so that ten million are through in one and a half hours. */
    public static EpochSettings of(Duration length, Duration grace) {
        return new EpochSettings(length, grace, Duration.ofMinutes(1), 200, 2000);
    }

    /**
     * After so long at the latest nothing opens what a shredded key had sealed, whatever backups of data and keys there are:
     * the promise to customers. It holds while upkeep runs; {@code sluice.vault.horizon.overdue} says if it is late.
     */
    public Duration erasureHorizon() {
        return length.plus(grace);
    }

    /** How long to rest after a batch of so many. */
    long restMillis(int keys) {
        return Math.max(1, 1000L * keys / perSecond);
    }
}
