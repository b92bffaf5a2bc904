/** What has to be done by when, told as dates. */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship.deadline;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
