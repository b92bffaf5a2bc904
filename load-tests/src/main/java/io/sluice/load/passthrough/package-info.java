/**
 * The node that P4 is measured against: the product, but for its guard's gate, which stands open. Nothing is decided about a
 * message, nothing is cut for it, opened for it or written down about it.
 *
 * <p>It is wired here by an entrance of its own, because the product has no switch for this and must not have one. It holds no
 * data but what a measurement made up, and nobody can sign in at it. Everything else is as it is in the product: HTTP, tokens,
 * idempotency, sealing at the gateway, snapshots read there, orders, steps and partners.
 *
 * <p>Start reading at {@link io.sluice.load.passthrough.Main}, then {@code io.sluice.guard.OpenGate}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.load.passthrough;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
