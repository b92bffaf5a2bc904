package io.sluice.testkit.explore;

import java.util.Optional;

/**
 * What an exploration came to.
 *
 * @param states how many different states were seen
 * @param steps how many steps were tried from them
 * @param depth how many steps the farthest of them is away from the start
 * @param counterexample the shortest way to break a promise; empty if all hold in every state that can be reached
 */
public record Exploration<S>(int states, int steps, int depth, Optional<Counterexample<S>> counterexample) {

    /** The promise that does not hold; empty if all do. */
    public Optional<String> broken() {
        return counterexample.map(Counterexample::broken);
    }

    @Override
    public String toString() {
        return "%,d states, %,d steps, %d deep; ".formatted(states, steps, depth)
                + counterexample.map(Counterexample::toString).orElse("every promise holds");
    }
}
