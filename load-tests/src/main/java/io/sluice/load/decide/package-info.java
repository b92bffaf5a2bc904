/**
 * Measures one decision of the privacy kernel, and the view that a handler gets by it: {@code sluice bench --decide}.
 *
 * <p>By JMH, under the law of this shop ({@code config/policy}) and with its own messages. The numbers are nanoseconds of the
 * machine at hand and mean nothing on another; what is asserted anywhere is what a decision allocates.
 *
 * <p>Start reading at {@link io.sluice.load.decide.DecideBenchmark}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.load.decide;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
