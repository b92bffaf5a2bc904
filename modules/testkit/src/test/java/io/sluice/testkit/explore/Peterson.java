package io.sluice.testkit.explore;

import java.util.List;

/** Peterson's lock for two: where each of them is, whose flags are up, and whose turn it is. */
record Peterson(List<At> at, List<Boolean> flags, int turn) {

    enum At {
        OUTSIDE,
        HALF_ASKED,
        ASKED,
        INSIDE
    }

    /** Which of its first two lines comes first. */
    enum Order {
        FLAG_FIRST,
        TURN_FIRST
    }

    static Exploration<Peterson> explored(Order order) {
        return Explorer.from(new Peterson(List.of(At.OUTSIDE, At.OUTSIDE), List.of(false, false), 0))
                .actor("A", lock -> lock.steps(0, order))
                .actor("B", lock -> lock.steps(1, order))
                .always("one at a time", lock -> !lock.at().equals(List.of(At.INSIDE, At.INSIDE)))
                .sometimes("A is inside", lock -> lock.at().getFirst() == At.INSIDE)
                .staysPossible("B is inside", lock -> lock.at().getLast() == At.INSIDE)
                .within(1_000);
    }

    private List<Step<Peterson>> steps(int who, Order order) {
        return switch (at.get(who)) {
            case OUTSIDE -> List.of(order == Order.FLAG_FIRST ? flag(who, At.HALF_ASKED) : turn(who, At.HALF_ASKED));
            case HALF_ASKED -> List.of(order == Order.FLAG_FIRST ? turn(who, At.ASKED) : flag(who, At.ASKED));
            case ASKED ->
                flags.get(1 - who) && turn != who
                        ? List.of()
                        : List.of(new Step<>("enters", new Peterson(Lists.with(at, who, At.INSIDE), flags, turn)));
            case INSIDE ->
                List.of(new Step<>(
                        "leaves", new Peterson(Lists.with(at, who, At.OUTSIDE), Lists.with(flags, who, false), turn)));
        };
    }

    private Step<Peterson> flag(int who, At next) {
        return new Step<>(
                "raises its flag", new Peterson(Lists.with(at, who, next), Lists.with(flags, who, true), turn));
    }

    private Step<Peterson> turn(int who, At next) {
        return new Step<>("gives the turn away", new Peterson(Lists.with(at, who, next), flags, 1 - who));
    }
}
