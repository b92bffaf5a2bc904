/** Specifies snapshots and wishes. */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship.consent;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
