@NullMarked
@CheckReturnValue
package io.sluice.vault;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
