package io.sluice.testkit.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Explores a model: from the start, every step of every actor, breadth first, each state once. So the first broken promise is
 * found by the shortest way to it, and the same model always gives the same answer.
 *
 * <pre>{@code
 * Explorer.from(new Counter(0))
 *         .actor("A", counter -> ...)
 *         .actor("B", counter -> ...)
 *         .always("nothing is lost", counter -> ...)
 *         .mayEnd(counter -> ...)
 *         .within(1_000);
 * }</pre>
 */
public final class Explorer<S> {

    static final String MOVES_OR_IS_DONE = "somebody can move, or all are done";

    /** Who moves, and what they can do in a state: nothing while they wait or when they are done. */
    record Actor<S>(String name, Function<S, List<Step<S>>> moves) {}

    /** A promise, and the states that are as it says. */
    record Promise<S>(String name, Predicate<S> holds) {}

    private final S start;
    private final List<Actor<S>> actors = new ArrayList<>();
    private final List<Promise<S>> always = new ArrayList<>();
    private final List<Promise<S>> sometimes = new ArrayList<>();
    private final List<Promise<S>> possible = new ArrayList<>();
    private Predicate<S> mayEnd = state -> false;

    private Explorer(S start) {
        this.start = start;
    }

    /** Explores from this state. */
    public static <S> Explorer<S> from(S start) {
        return new Explorer<>(start);
    }

    /**
     * Adds somebody who moves.
     *
     * @param moves the steps that it can take in a state; pure
     */
    public Explorer<S> actor(String name, Function<S, List<Step<S>>> moves) {
        actors.add(new Actor<>(name, moves));
        return this;
    }

    /** Promises that every state that can be reached is like this. */
    public Explorer<S> always(String promise, Predicate<S> holds) {
        always.add(new Promise<>(promise, holds));
        return this;
    }

    /** Promises that some state is like this: a model in which nothing happens keeps every other promise. */
    public Explorer<S> sometimes(String promise, Predicate<S> isSeen) {
        sometimes.add(new Promise<>(promise, isSeen));
        return this;
    }

    /** Promises that, whatever has happened, a state like this can still be reached. That it will be is not said. */
    public Explorer<S> staysPossible(String promise, Predicate<S> goal) {
        possible.add(new Promise<>(promise, goal));
        return this;
    }

    /** In states like this, nobody needs to be able to move. In all others, it is a deadlock if nobody can. */
    public Explorer<S> mayEnd(Predicate<S> done) {
        mayEnd = done;
        return this;
    }

    /**
     * Explores.
     *
     * @param bound the most states that the model is known to have
     * @throws TooManyStates if there are more
     */
    public Exploration<S> within(int bound) {
        Search<S> search = new Search<>(start, actors, bound);
        int steps = 0;
        for (int at = 0; at < search.size(); at++) {
            S state = search.state(at);
            for (Promise<S> promise : always) {
                if (!promise.holds().test(state)) {
                    return search.ended(steps, promise.name(), at);
                }
            }
            int taken = search.expand(at);
            if (taken == 0 && !mayEnd.test(state)) {
                return search.ended(steps, MOVES_OR_IS_DONE, at);
            }
            steps += taken;
        }
        for (Promise<S> promise : sometimes) {
            if (!search.anyMatch(promise.holds())) {
                return search.ended(steps, "sometimes " + promise.name(), 0);
            }
        }
        for (Promise<S> promise : possible) {
            int lost = search.firstWithoutWayTo(promise.holds());
            if (lost >= 0) {
                return search.ended(steps, "still possible: " + promise.name(), lost);
            }
        }
        return search.ended(steps);
    }
}
