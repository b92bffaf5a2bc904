/**
 * What an order costs beyond its goods: bringing them, and tax, by where they go. Pure; what it says of an order is frozen in its lines.
 *
 * <p>No prices, no products, no persons: where goods go is all that it is told.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.pricing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
