@NullMarked
@CheckReturnValue
package io.sluice.stewardship;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
