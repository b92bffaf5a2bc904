package io.sluice.testkit.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The states seen, in the order in which they were first seen, which is that of their distance from the start; for each, the step
 * by which it was.
 */
final class Search<S> {

    private static final int NOWHERE = -1;

    private final List<Explorer.Actor<S>> actors;
    private final int bound;
    private final Map<S, Integer> numbers = new HashMap<>();
    private final List<S> states = new ArrayList<>();
    private final List<Counterexample.Move> moves = new ArrayList<>();
    private final Map<Counterexample.Move, Counterexample.Move> knownMoves = new HashMap<>();
    private int[] origins = new int[1024];

    Search(S start, List<Explorer.Actor<S>> actors, int bound) {
        this.actors = List.copyOf(actors);
        this.bound = bound;
        see(start, NOWHERE, new Counterexample.Move("", ""));
    }

    int size() {
        return states.size();
    }

    S state(int number) {
        return states.get(number);
    }

    /** Tries every step from here; how many there are. */
    int expand(int from) {
        int steps = 0;
        for (Explorer.Actor<S> actor : actors) {
            for (Step<S> step : actor.moves().apply(states.get(from))) {
                steps++;
                if (!numbers.containsKey(step.after())) {
                    see(step.after(), from, new Counterexample.Move(actor.name(), step.name()));
                }
            }
        }
        return steps;
    }

    private void see(S state, int from, Counterexample.Move by) {
        int number = states.size();
        if (number >= bound) {
            throw new TooManyStates(bound, state);
        }
        if (number == origins.length) {
            origins = Arrays.copyOf(origins, 2 * number);
        }
        numbers.put(state, number);
        states.add(state);
        // few different ones, for very many states
        moves.add(knownMoves.computeIfAbsent(by, first -> first));
        origins[number] = from;
    }

    boolean anyMatch(Predicate<S> predicate) {
        return states.stream().anyMatch(predicate);
    }

    /** The nearest state from which none like this can be reached; -1 if one can be from all. To be asked at the end. */
    int firstWithoutWayTo(Predicate<S> goal) {
        BitSet leads = new BitSet(size());
        for (int at = 0; at < size(); at++) {
            leads.set(at, goal.test(states.get(at)));
        }
        // most steps lead farther from the start, so from the end few rounds are enough
        boolean isSettled = false;
        while (!isSettled) {
            isSettled = true;
            for (int at = size() - 1; at >= 0; at--) {
                if (!leads.get(at) && leadsOn(at, leads)) {
                    leads.set(at);
                    isSettled = false;
                }
            }
        }
        int lost = leads.nextClearBit(0);
        return lost < size() ? lost : NOWHERE;
    }

    private boolean leadsOn(int from, BitSet leads) {
        S state = states.get(from);
        return actors.stream()
                .flatMap(actor -> actor.moves().apply(state).stream())
                .anyMatch(step -> leads.get(number(step.after())));
    }

    private int number(S state) {
        Integer number = numbers.get(state);
        if (number == null) {
            throw new IllegalStateException("an actor that does not always do the same in the same state: " + state);
        }
        return number;
    }

    Exploration<S> ended(int steps) {
        return new Exploration<>(size(), steps, wayTo(size() - 1).size(), Optional.empty());
    }

    Exploration<S> ended(int steps, String broken, int at) {
        List<Counterexample.Move> way = wayTo(at);
        return new Exploration<>(
                size(),
                steps,
                wayTo(size() - 1).size(),
                Optional.of(new Counterexample<>(broken, way, states.get(at))));
    }

    private List<Counterexample.Move> wayTo(int end) {
        Deque<Counterexample.Move> way = new ArrayDeque<>();
        for (int at = end; origins[at] != NOWHERE; at = origins[at]) {
            way.addFirst(moves.get(at));
        }
        return List.copyOf(way);
    }
}
