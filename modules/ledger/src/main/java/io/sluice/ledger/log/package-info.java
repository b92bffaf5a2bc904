/**
 * The one log over all shards of the ledger. A sequencer puts every batch into it, and behind each round's batches a tally for
 * each record that their leaves name; it signs a head over all. Whoever has kept a head notices whatever was changed, cut off or
 * left out before it, also if the whole database was rewritten.
 *
 * <p>Only the sequencer writes here, under the database's lock and a fenced epoch; nothing is ever updated. Proofs are read
 * from stored nodes, as many as the logarithm of the log's size. Nothing but a receipt and the check reads leaves.
 *
 * <p>{@code app} enters to wire, {@code gateway} to tell heads, proofs and receipts.
 *
 * <p>On failure sealing stops and begins anew, here or on another node, and nothing else does: no order waits for the log. A
 * receipt waits for the next round, for a time.
 *
 * <p>Start reading at {@link io.sluice.ledger.log.SequencerVerticle}, then {@code Round}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.ledger.log;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
