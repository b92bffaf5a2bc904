/**
 * PostgreSQL for the rooms that write: connections, group commit, coalesced reads, migrations, the idempotency table, and the
 * embedded server for development.
 *
 * <p>PostgreSQL is the only truth. Nothing here knows what the rows mean. The four sibling rooms enter, and {@code app} to
 * wire; nobody above them does. No connection is ever held while somebody outside is awaited.
 *
 * <p>On failure: a server that cannot be reached ends in {@link io.sluice.storage.DatabaseUnavailable}, a full queue in
 * {@link io.sluice.kernel.Unavailable}; both mean "ask again later". On time-out the same: what the server broke off did not
 * happen, and a connection on which nothing comes back is cut and counts as lost. A connection lost during COMMIT is never reported as a
 * failure of the work: the work is run again, and its own first look-ups find out what happened.
 *
 * <p>Start reading at {@link io.sluice.storage.GroupCommit}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.storage;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
