/** Adyen's callbacks, held against Adyen's own library. */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.webhook.adyen;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
