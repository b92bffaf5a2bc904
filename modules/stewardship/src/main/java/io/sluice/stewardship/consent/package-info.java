/**
 * Persons and what they permit: append-only consent records, the one row per person that decisions are made by, and the
 * snapshots of it that the gate works with.
 *
 * <p>A snapshot is good for a lease that counts from the moment its load was asked for, on the monotonic clock; past it, the
 * row is read again or nothing is delivered: no database, no lease, no delivery. A person who is not known stays unknown
 * until asked again; absence is never cached. An effect whose decision has been overtaken by a withdrawal is not committed:
 * {@link io.sluice.stewardship.consent.ConsentFence} stands in its transaction.
 *
 * <p>Others see persons through {@link io.sluice.guard.Snapshots} and {@link io.sluice.stewardship.api.Persons} only. Start
 * reading at {@link io.sluice.stewardship.consent.LeasedSnapshots} and {@link io.sluice.stewardship.consent.Wishes}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship.consent;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
