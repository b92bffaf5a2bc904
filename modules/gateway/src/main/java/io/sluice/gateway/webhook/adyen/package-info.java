/**
 * How Adyen calls back: standard webhooks as JSON, each item signed within the body, told in commerce's words.
 *
 * <p>An item names an operation of ours by its merchant's reference: the operation's id for an authorisation; the kind, a dot and
 * the id for what is done with it, as in {@code capture.0190…}. Whoever asks Adyen for something gives it that reference.
 *
 * <p>Adyen tries again in the order of its queue, and what we refuse holds up what comes behind it: what is genuine is therefore
 * taken even if it is of no kind that is ours. Whatever fails is a verdict. Start reading at {@link
 * io.sluice.gateway.webhook.adyen.AdyenWebhooks}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.webhook.adyen;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
