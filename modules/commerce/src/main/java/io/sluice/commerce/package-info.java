@NullMarked
@CheckReturnValue
package io.sluice.commerce;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
