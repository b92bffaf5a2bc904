/**
 * Accounts and sessions: opened, found by the blind index of the e-mail address, refreshed, closed.
 *
 * <p>What is personal rests here as ciphertext that this room cannot open; passwords never get here, refresh tokens only as
 * SHA-256. Whether an e-mail address has an account already is decided here and told to nobody.
 *
 * <p>Everything can be asked again after a fault: an account that is there, a session that is open or closed, a token that was
 * exchanged a moment ago are answered as the first time. Sessions past their end are swept away.
 *
 * <p>Others come in by {@link io.sluice.stewardship.api.Accounts} and {@link io.sluice.stewardship.api.Sessions}. Start reading
 * at {@link io.sluice.stewardship.account.AccountVerticle} and {@link io.sluice.stewardship.account.SessionBatch}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
