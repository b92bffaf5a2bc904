/** Stripe's callbacks, held against Stripe's own library. */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.webhook.stripe;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
