/**
 * Goods that come back, and the decision to pay money back, apart from the money's own movement: a refund is decided here and carried
 * out by an operation. Never more than was captured and not yet given back.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.refund;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
