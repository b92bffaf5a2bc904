/**
 * An explorer of races: tries every order in which the steps of a few actors can happen, and shows the shortest one that breaks
 * a promise.
 *
 * <p>A protocol is written down as a model: an immutable state, with {@code equals} and {@code hashCode} (records), and for each
 * actor a pure function from a state to the {@link io.sluice.testkit.explore.Step steps} that the actor can take in it. Nobody
 * is ever made to move: an actor that stands still, for however long the others like, needs no step of its own. What the model
 * leaves out it cannot find, so every model says which code it is of, step for step, and what it leaves out.
 *
 * <p>The whole state space is kept in memory, so it must be finite and small: time is counted down and not up, and what no
 * longer matters is forgotten. A model that grows past its bound is an error and never a pass. A promise that holds of a model
 * in which nothing happens is worth nothing: say what must be {@linkplain io.sluice.testkit.explore.Explorer#sometimes seen
 * sometimes}, and break the model on purpose, one rule at a time, to see each rule missed.
 *
 * <p>Knows nothing of what is explored. Start at {@link io.sluice.testkit.explore.Explorer}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.testkit.explore;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
