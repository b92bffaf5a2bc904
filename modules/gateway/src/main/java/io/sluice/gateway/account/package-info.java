/**
 * Who is asking: registration, sign-in, refresh and sign-out over HTTP, and the authenticator that every other route stands
 * behind.
 *
 * <p>Plain passwords live here for the time of one request and go nowhere else: what leaves is an Argon2id hash, sealed under
 * the person's own key. E-mail addresses leave as ciphertext and as a keyed index. An unknown address and a wrong password
 * cost the same work and get the same answer at the same time; a taken address is registered as gladly as a free one.
 *
 * <p>A request is authenticated only if its token is whole, its session goes on, and its person is there: each is asked with a
 * lease, and whatever cannot be told is a no, or a 503 if asking later makes sense. Past its limits (hashing, attempts) this
 * room answers 429 or 503 with {@code Retry-After}. It also counts requests, since it alone knows whose they are: {@link
 * io.sluice.gateway.account.Admission}.
 *
 * <p>Other packages may use {@link io.sluice.gateway.account.Authenticator} and {@link io.sluice.gateway.account.Principal}, and
 * {@link io.sluice.gateway.account.EmailAddress#TYPED} where they read an address.
 * Start reading at {@link io.sluice.gateway.account.Authenticator} and {@link io.sluice.gateway.account.SignIn}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
