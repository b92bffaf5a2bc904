/**
 * Webhooks out, to the merchant's own systems: subscriptions over HTTP, and the adapter that serves {@code merchant.notify}, by
 * Standard Webhooks 1.0.0.
 *
 * <p>A receiver is named by whoever may subscribe, and so could name anything that this machine reaches. Its URL is held to rules
 * when it is given ({@link io.sluice.gateway.subscription.ReceiverUrl}), and where its name leads to is looked at again before each
 * call: all addresses must be public ones, and the connection goes to the very address that was looked at, so a name that answers
 * differently the second time leads nowhere. Redirects are failures; of an answer only its status counts; all is bounded in time and
 * size. Outside development there is no exception. Names are looked up by a few threads, one for each name at a time: whoever finds none
 * free is put off, which is no try.
 *
 * <p>A receiver's secret is derived from the keystore, by the subscription and its number: it rests nowhere, is shown to whoever makes
 * it (the first one also to who repeats the keyed request, until there is another), and is never logged. What a receiver says is never
 * passed on but as a code.
 *
 * <p>Who tries again, and when, is commerce's decision. The router and the app's wiring enter. Start reading at {@link
 * io.sluice.gateway.subscription.MerchantVerticle} and {@link io.sluice.gateway.subscription.SubscriptionRoutes}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.subscription;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
