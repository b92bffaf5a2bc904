@NullMarked
@CheckReturnValue
package io.sluice.testkit.explore;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
