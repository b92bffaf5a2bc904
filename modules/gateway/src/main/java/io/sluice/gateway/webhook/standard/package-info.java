/**
 * How everybody calls back who follows Standard Webhooks 1.0.0: the sandbox, and partners without a protocol of their own. By a
 * shared secret ({@code v1}) or the partner's public key ({@code v1a}).
 *
 * <p>Whatever fails is a verdict. Start reading at {@link io.sluice.gateway.webhook.standard.StandardWebhooks}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.webhook.standard;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
