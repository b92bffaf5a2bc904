/**
 * The adapters to outside partners: they serve commerce's {@code provider.*} and {@code carrier.*} addresses and speak the
 * partners' protocols over HTTP. Here, and nowhere else, personal fields leave the house: only those of the address's view,
 * which the guard has checked against the partner's agreement and written down as a disclosure before it came here.
 *
 * <p>The operation's id is the idempotency key, so asking twice has the effect once. A definite answer of the partner is an
 * outcome. Silence past the time-out, a broken connection, a 5xx, a throttled or unauthenticated call, and an answer that
 * makes no sense are all faults (a failed Future): what happened is not known, and commerce looks it up. Nothing is retried
 * here: who may ask again is commerce's decision. Calls are bounded in number and in waiting; past that, {@code
 * Unavailable}. Values that were revealed are never logged, and no partner's text reaches an exception.
 *
 * <p>Stripe cannot be asked by a key: each operation notes its id in what it makes or changes there, and is looked for by that. Stripe's
 * library is no part of it, and the tests' oracle only.
 *
 * <p>Start reading at {@link io.sluice.gateway.partner.SandboxProviderVerticle}, then {@link
 * io.sluice.gateway.partner.PartnerClient} and {@link io.sluice.gateway.partner.StripeProviderVerticle}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.partner;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
