@NullMarked
@CheckReturnValue
package io.sluice.testkit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
