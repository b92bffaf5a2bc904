/** Specifies who is let in. Start at {@code AuthenticatorTest}. */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
