package io.sluice.kernel;

import java.time.Instant;

/**
 * The moment at which a version of the law is followed by the next one. What was decided by the one before does not outlast it.
 *
 * @param at by the database's clock
 * @param notBeforeNanos this node's monotonic time until which the moment has certainly not come
 */
public record Turn(Instant at, long notBeforeNanos) {}
