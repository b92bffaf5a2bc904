/**
 * The node's second door, for probes and the metrics collector, on a port of its own: {@code /health/live},
 * {@code /health/ready}, {@code /metrics}, and {@code /minimisation}: which fields contracts grant, and whether anybody reads
 * them.
 *
 * <p>Nothing personal ever passes here: names of checks and whether they hold, of contracts and fields, and counters. Failures of a check are
 * answered as "down" without their text. A check that does not answer within its time is down. Only the wiring enters.
 *
 * <p>Start reading at {@link io.sluice.gateway.management.ManagementVerticle}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.management;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
