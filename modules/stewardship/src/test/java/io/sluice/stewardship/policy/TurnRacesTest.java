package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.stewardship.policy.TurnWorld.Message.At;
import io.sluice.stewardship.policy.TurnWorld.Node;
import io.sluice.stewardship.policy.TurnWorld.Node.Reached;
import io.sluice.testkit.explore.Exploration;
import io.sluice.testkit.explore.Explorer;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every order in which the law can turn, clocks be read and go apart, and messages be decided. */
class TurnRacesTest {

    private static final String NOT_WIDER =
            "nothing is given that the law in force by the database's clock does not give";
    private static final String NOT_BACK = "nothing is given by the old version once the new one was";

    private static final int BOUND = 200_000;

    /** What may go wrong with clocks. */
    enum With {
        CLOCKS_APART,
        SLEEP,
        CLOCK_SET_BACK;

        Explorer<TurnWorld> explorer(Set<TurnRule> rules) {
            TurnRaces races = new TurnRaces(rules);
            return switch (this) {
                case CLOCKS_APART -> races.onTwoNodes();
                case SLEEP -> races.withSleep();
                case CLOCK_SET_BACK -> races.withClockSetBack();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    @Clause("E2")
    void nothingIsDecidedByALawThatIsNotInForceAndItNeverGoesBack(With what) {
        Exploration<TurnWorld> found = promised(what.explorer(all()));

        System.out.println("the law turns, " + what + ": " + found);
        assertThat(found.counterexample()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "THE_DATABASES_CLOCK, CLOCKS_APART, " + NOT_WIDER,
        "BETWEEN_QUESTION_AND_ANSWER, CLOCKS_APART, " + NOT_WIDER,
        "CLOCKS_RUN_APART, CLOCKS_APART, " + NOT_WIDER,
        "BOTH_WHILE_UNCERTAIN, CLOCKS_APART, " + NOT_WIDER,
        "WHAT_HAS_TURNED_STAYS, CLOCKS_APART, " + NOT_BACK,
        "TURNS_ARE_NOTED, CLOCK_SET_BACK, " + NOT_WIDER,
        "NOTES_ARE_HEEDED_FIRST, CLOCK_SET_BACK, " + NOT_WIDER,
        "THE_WALL_CLOCK_TELLS_OF_SLEEP, SLEEP, " + NOT_WIDER,
        "NO_READING_ACROSS_A_SLEEP, SLEEP, " + NOT_WIDER,
        "ASKED_AT_THE_DECISION, CLOCKS_APART, " + NOT_WIDER
    })
    @Clause("E2")
    void withoutAnyOneOfTheRulesTheLawTurnsTooLateOrBack(TurnRule missing, With what, String broken) {
        Set<TurnRule> rules = all();
        assertThat(rules.remove(missing)).isTrue();

        Exploration<TurnWorld> found = promised(what.explorer(rules));

        System.out.println("without " + missing + ": " + found);
        assertThat(found.broken()).contains(broken);
    }

    private static Exploration<TurnWorld> promised(Explorer<TurnWorld> races) {
        return races.always(NOT_WIDER, world -> !world.has(At.WIDER))
                .always(NOT_BACK, world -> !world.has(At.WENT_BACK))
                .sometimes("both hold", world -> isSomewhere(world, Reached.MAYBE))
                .sometimes("the new one holds", world -> isSomewhere(world, Reached.CERTAINLY))
                .staysPossible("the new one holds everywhere", TurnRacesTest::isNewEverywhere)
                .within(BOUND);
    }

    private static boolean isSomewhere(TurnWorld world, Reached reached) {
        return world.nodes().stream().anyMatch(node -> node.reached() == reached);
    }

    private static boolean isNewEverywhere(TurnWorld world) {
        return world.nodes().stream().map(Node::reached).allMatch(Reached.CERTAINLY::equals);
    }

    private static Set<TurnRule> all() {
        return EnumSet.allOf(TurnRule.class);
    }
}
