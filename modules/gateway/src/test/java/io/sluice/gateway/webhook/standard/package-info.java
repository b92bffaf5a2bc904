/** Standard Webhooks, held against the standard's own library and examples. */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.webhook.standard;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
