@NullMarked
@CheckReturnValue
package io.sluice.guard;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
