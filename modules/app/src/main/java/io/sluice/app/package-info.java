@NullMarked
@CheckReturnValue
package io.sluice.app;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
