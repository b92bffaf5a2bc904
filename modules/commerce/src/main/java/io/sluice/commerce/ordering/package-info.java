/**
 * One order: its aggregate, what may be done with it, and where it rests.
 *
 * {@link io.sluice.commerce.ordering.OrderDecider#decide} is pure: command in, events and effects out; {@code Order.evolve}
 * folds an event. Effects on the outside world become steps in the transaction that commits their cause. Nothing here awaits
 * anybody.
 *
 * Every change of one order happens under its row's lock, in {@link io.sluice.commerce.ordering.OrderStore}: request, callback,
 * timer and reconciler cannot interleave.
 *
 * Start reading at {@link io.sluice.commerce.ordering.Order}, then {@link io.sluice.commerce.ordering.OrderDecider}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.ordering;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
