/** The floor that the room's tests stand on. */
@NullMarked
@CheckReturnValue
package io.sluice.commerce;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
