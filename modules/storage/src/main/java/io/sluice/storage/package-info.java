@NullMarked
@CheckReturnValue
package io.sluice.storage;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
