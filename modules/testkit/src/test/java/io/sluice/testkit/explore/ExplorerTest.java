package io.sluice.testkit.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The explorer on races of which everybody knows how they end. */
class ExplorerTest {

    /** Two who add one to the same number, each by reading and writing: what each has read, or -1; how many are done. */
    private record Sum(int number, List<Integer> read, int done) {

        static final Sum START = new Sum(0, List.of(-1, -1), 0);

        List<Step<Sum>> inTwoSteps(int who) {
            return switch (read.get(who)) {
                case -1 -> List.of(new Step<>("reads", new Sum(number, Lists.with(read, who, number), done)));
                case 2 -> List.of();
                default ->
                    List.of(new Step<>("writes", new Sum(read.get(who) + 1, Lists.with(read, who, 2), done + 1)));
            };
        }

        List<Step<Sum>> atOnce(int who) {
            return read.get(who) == 2
                    ? List.of()
                    : List.of(new Step<>("adds", new Sum(number + 1, Lists.with(read, who, 2), done + 1)));
        }

        boolean isRight() {
            return done < 2 || number == 2;
        }

        boolean isDone() {
            return done == 2;
        }
    }

    @Test
    void aCountThatIsLostBetweenReadingAndWritingIsFoundByTheShortestWay() {
        Exploration<Sum> found = sums(sum -> sum.inTwoSteps(0), sum -> sum.inTwoSteps(1));

        assertThat(found.broken()).contains("both were counted");
        assertThat(found.counterexample().orElseThrow().steps())
                .containsExactly("A reads", "B reads", "A writes", "B writes");
        assertThat(found.counterexample().orElseThrow().end().number()).isEqualTo(1);
    }

    @Test
    void aCountInOneStepIsNotLost() {
        Exploration<Sum> found = sums(sum -> sum.atOnce(0), sum -> sum.atOnce(1));

        assertThat(found.counterexample()).as(found.toString()).isEmpty();
        assertThat(found).hasToString("4 states, 4 steps, 2 deep; every promise holds");
    }

    private static Exploration<Sum> sums(Function<Sum, List<Step<Sum>>> a, Function<Sum, List<Step<Sum>>> b) {
        return Explorer.from(Sum.START)
                .actor("A", a)
                .actor("B", b)
                .always("both were counted", Sum::isRight)
                .mayEnd(Sum::isDone)
                .within(100);
    }

    @Test
    void petersonsLockLetsOneInAtATimeAndNobodyIsShutOut() {
        Exploration<Peterson> found = Peterson.explored(Peterson.Order.FLAG_FIRST);

        assertThat(found.counterexample()).as(found.toString()).isEmpty();
        assertThat(found.states()).isEqualTo(20);
    }

    @Test
    void petersonsLockWithItsFirstTwoLinesExchangedLetsBothIn() {
        Exploration<Peterson> found = Peterson.explored(Peterson.Order.TURN_FIRST);

        assertThat(found.broken()).contains("one at a time");
        assertThat(found.counterexample().orElseThrow().steps())
                .containsExactly(
                        "A gives the turn away",
                        "B gives the turn away",
                        "B raises its flag",
                        "B enters",
                        "A raises its flag",
                        "A enters");
    }

    /** Who holds each of two locks; how many each has of the two. */
    private record Locks(List<Integer> holder, List<Integer> has) {

        static final Locks FREE = new Locks(List.of(-1, -1), List.of(0, 0));

        List<Step<Locks>> taking(int who, int first) {
            int held = has.get(who);
            if (held == 2) {
                return List.of();
            }
            int wanted = held == 0 ? first : 1 - first;
            if (holder.get(wanted) != -1) {
                return List.of();
            }
            Locks taken = new Locks(Lists.with(holder, wanted, who), Lists.with(has, who, held + 1));
            return List.of(
                    held == 0
                            ? new Step<>("takes one", taken)
                            : new Step<>("takes the other, and lets both go", new Locks(FREE.holder, taken.has)));
        }
    }

    @Test
    void locksTakenInOppositeOrdersAreFoundToBlockEachOther() {
        Exploration<Locks> found = locks(0, 1);

        assertThat(found.broken()).contains(Explorer.MOVES_OR_IS_DONE);
        assertThat(found.counterexample().orElseThrow().steps()).containsExactly("A takes one", "B takes one");
    }

    @Test
    void locksTakenInOneOrderAreNot() {
        Exploration<Locks> found = locks(0, 0);

        assertThat(found.counterexample()).as(found.toString()).isEmpty();
    }

    private static Exploration<Locks> locks(int firstOfA, int firstOfB) {
        return Explorer.from(Locks.FREE)
                .actor("A", locks -> locks.taking(0, firstOfA))
                .actor("B", locks -> locks.taking(1, firstOfB))
                .mayEnd(locks -> locks.has().equals(List.of(2, 2)))
                .within(100);
    }

    @Test
    void aModelThatGrowsPastItsBoundIsNotPassedInSilence() {
        Explorer<Integer> endless = Explorer.from(0)
                .actor("A", number -> List.of(new Step<>("counts", number + 1)))
                .always("it is not negative", number -> number >= 0);

        assertThatThrownBy(() -> {
                    Exploration<Integer> never = endless.within(1000);
                    assertThat(never).isNull();
                })
                .isInstanceOf(TooManyStates.class)
                .hasMessageContaining("1000");
    }

    @Test
    void aModelOfJustAsManyStatesAsItsBoundPasses() {
        assertThat(upTo(9).within(10).counterexample()).isEmpty();
    }

    @Test
    void whatNeverHappensIsToldWhereItWasPromisedToHappenSometimes() {
        Exploration<Integer> found =
                upTo(9).sometimes("ten is reached", number -> number == 10).within(10);

        assertThat(found.broken()).contains("sometimes ten is reached");
        assertThat(upTo(10).sometimes("ten is reached", number -> number == 10)
                        .within(11)
                        .broken())
                .isEmpty();
    }

    @Test
    void whatCanNoLongerBeReachedIsToldByTheShortestWayOutOfIt() {
        Exploration<Integer> found = upTo(9).actor("B", number -> List.of(new Step<>("breaks it", -1)))
                .staysPossible("nine is reached", number -> number == 9)
                .within(11);

        assertThat(found.broken()).contains("still possible: nine is reached");
        assertThat(found.counterexample().orElseThrow().steps()).containsExactly("B breaks it");
    }

    @Test
    void whatCanBeReachedFromEverywhereHoldsAlsoThroughACircle() {
        Exploration<Integer> found = upTo(9).actor("B", number -> List.of(new Step<>("begins again", 0)))
                .staysPossible("nine is reached", number -> number == 9)
                .within(10);

        assertThat(found.counterexample()).as(found.toString()).isEmpty();
    }

    private static Explorer<Integer> upTo(int last) {
        return Explorer.from(0)
                .actor(
                        "A",
                        number -> number < 0 || number == last ? List.of() : List.of(new Step<>("counts", number + 1)))
                .mayEnd(number -> number < 0 || number == last);
    }
}
