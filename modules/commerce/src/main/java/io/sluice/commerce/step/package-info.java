/**
 * Effects on the outside world, as durable steps: leased by a node, carried out over the bus, settled with the order's next
 * change. If the node dies, its lease runs out and another one takes over; it asks the partner first what had happened.
 *
 * Start reading at {@link io.sluice.commerce.step.StepVerticle}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.step;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
