/**
 * How Stripe calls back: {@code Stripe-Signature} over the raw bytes, and its events about payment intents, charges, refunds and
 * disputes (API version 2026-07-29), told in commerce's words. Thin events say nothing and are refused.
 *
 * <p>An event names an operation of ours by the metadata of its object: {@code sluice_authorisation}, {@code sluice_capture} and
 * {@code sluice_void} on the payment intent, {@code sluice_refund} on the refund. Whoever captures one intent several times notes besides
 * what each capture takes ({@link io.sluice.gateway.webhook.stripe.StripeTerms#captured}), since Stripe tells only the sum, or leaves
 * {@code sluice_capture} out. A dispute has no metadata of ours and names its payment intent, by which commerce finds it.
 *
 * <p>Stripe's retries carry a new signature each, so a callback is believed for as long as its time says and no longer. Whatever
 * fails is a verdict. Start reading at {@link io.sluice.gateway.webhook.stripe.StripeWebhooks}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.webhook.stripe;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
