@NullMarked
@CheckReturnValue
package io.sluice.kernel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
