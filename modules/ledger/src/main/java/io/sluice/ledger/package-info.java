@NullMarked
@CheckReturnValue
package io.sluice.ledger;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
