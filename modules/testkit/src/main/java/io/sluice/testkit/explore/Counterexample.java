package io.sluice.testkit.explore;

import java.util.List;

/**
 * How a promise comes to be broken, in as few steps as it can be.
 *
 * @param broken the promise
 * @param moves who did what, in order, from the start
 * @param end the state in which it is broken
 */
public record Counterexample<S>(String broken, List<Move> moves, S end) {

    /** One actor's step. */
    public record Move(String actor, String step) {}

    public Counterexample {
        moves = List.copyOf(moves);
    }

    /** The steps' names alone, for a test to hold a trace against. */
    public List<String> steps() {
        return moves.stream().map(move -> move.actor() + " " + move.step()).toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("broken in " + moves.size() + " steps: " + broken);
        for (int i = 0; i < moves.size(); i++) {
            text.append("\n  %2d  %s %s"
                    .formatted(i + 1, moves.get(i).actor(), moves.get(i).step()));
        }
        return text.append("\n  in  ").append(end).toString();
    }
}
