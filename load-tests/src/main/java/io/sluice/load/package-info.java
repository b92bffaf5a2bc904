/**
 * Measures Sluice against what the same machine and the same server can do without it: {@code sluice bench}.
 *
 * <p>One run starts a node by the command that everybody uses, fills its databases, and lets three takers of orders work in
 * turn on the one PostgreSQL server: bare SQL by {@code pgbench}, the product's own batched SQL by {@code pgbench}, and the
 * node over HTTP. Only ratios of one run mean anything.
 *
 * <p>Nothing of the product knows of this room, and no switch in the product is for it: it reaches the node by its public API,
 * and the databases as their owner would. It must never report a number whose check has not been made: an answer other than
 * 201, an order that is not there, or stock that does not add up make a run void, and its exit code says so.
 *
 * <p>{@code sluice bench --enforcement} lets two nodes take turns instead: the product, and the same without enforcement
 * ({@link io.sluice.load.EnforcementBench}, {@link io.sluice.load.passthrough.Main}).
 *
 * <p>{@code sluice bench --webhooks} measures latencies of partners' callbacks instead of orders, by an open model ({@link
 * io.sluice.load.WebhookBench}).
 *
 * <p>{@code sluice bench --decide} is another measurement, of one decision without any of this:
 * {@link io.sluice.load.decide.DecideBenchmark}.
 *
 * <p>Start reading at {@link io.sluice.load.Bench}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.load;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
