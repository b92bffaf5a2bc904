/** Specifies stewardship as a whole, over the bus and on a real PostgreSQL. Start at {@code RegistrationIT}. */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
