/**
 * The ledger of uses: a leaf for every delivery of personal fields, every disclosure and every refusal. It says who, what for
 * and which fields, under pseudonyms, and never a value.
 *
 * <p>Leaves are numbered without gaps in shards, one shard per writing lane of a node's run. Each transaction's leaves form a
 * batch with the root of their hash tree (RFC 9162) and a head chained to the batch before, so that a leaf changed, deleted or
 * moved afterwards shows. Nothing is ever updated. All shards' batches come into one signed log: {@link io.sluice.ledger.log}.
 *
 * <p>{@code guard} enters by its {@link io.sluice.guard.UseLedger}, other rooms' transactions by the rider table, {@code app}
 * to wire and to show figures.
 *
 * <p>On failure: a leaf that cannot be made durable fails its Future, and its delivery does not happen. A batch that was rolled
 * back gives its numbers back; after one whose fate is not known the lane starts a new shard, and those leaves are written
 * again only if they are in no batch that was lost, all of which are given up by that.
 *
 * <p>Start reading at {@link io.sluice.ledger.PostgresLedger}, then {@code LeafTable}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.ledger;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
