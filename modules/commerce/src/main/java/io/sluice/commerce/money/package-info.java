/**
 * Amounts in minor units of one currency, and their exact division. Pure.
 *
 * Overflow and mixed currencies are programming errors and throw.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.money;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
