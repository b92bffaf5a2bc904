package io.sluice.ledger.log;

import java.time.Instant;
import java.util.UUID;

/**
 * What a sequencer goes on from: all of it can be read from the database, and is when an epoch begins.
 *
 * @param leaves in all batches of the log
 * @param time of the last head
 * @param seen a {@code pg_snapshot}: every batch that was visible then is in the log
 */
record LogState(UUID log, long epoch, Frontier frontier, long leaves, Instant time, String seen) {

    LogState seen(String later) {
        return new LogState(log, epoch, frontier, leaves, time, later);
    }
}
