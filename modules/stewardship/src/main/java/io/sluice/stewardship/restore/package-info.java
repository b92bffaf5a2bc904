/**
 * What a database that was restored has forgotten and must be told again before it serves: who was erased, who withdrew what, whose
 * roles were taken away. Agreements that ended are in the law, which is a file and is not restored with the data.
 *
 * <p>Each such change is numbered in its own transaction and told to second sinks ({@link
 * io.sluice.stewardship.restore.Restrictions}); a restored database is told by {@link io.sluice.stewardship.restore.Reconciliation}. It
 * only ever takes away: what somebody granted in the time that was lost must be granted anew.
 *
 * <p>Nothing personal is in any of it. {@code app} wires both to the sinks.
 */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship.restore;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
