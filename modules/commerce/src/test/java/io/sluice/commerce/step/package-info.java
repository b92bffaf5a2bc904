/** What is promised of steps, on a real PostgreSQL. */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.step;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
