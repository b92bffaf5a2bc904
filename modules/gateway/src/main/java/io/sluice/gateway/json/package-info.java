/**
 * Reading request bodies: parsed once, strictly, and decoded with every problem collected, so that a request is refused with all
 * that is wrong with it and leaves no trace. A value that was sent is never said back.
 *
 * Start reading at {@link io.sluice.gateway.json.JsonReading}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.json;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
