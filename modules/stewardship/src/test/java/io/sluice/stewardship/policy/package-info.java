/** Specifies how the law is read. Start at {@code LawFileTest}. */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship.policy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
