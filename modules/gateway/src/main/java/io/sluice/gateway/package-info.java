@NullMarked
@CheckReturnValue
package io.sluice.gateway;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
