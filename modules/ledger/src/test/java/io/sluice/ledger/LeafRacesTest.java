package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.ledger.LeafRaces.Handler;
import io.sluice.ledger.LeafWorld.Lane;
import io.sluice.ledger.LeafWorld.Serving;
import io.sluice.ledger.LeafWorld.Tx;
import io.sluice.testkit.explore.Exploration;
import io.sluice.testkit.explore.Explorer;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every order in which a delivery, its transactions, their losses, a killed node and an erasure can happen. */
class LeafRacesTest {

    private static final String RECORDED = "an effect that is there has its leaf";
    private static final String ONCE = "a leaf is there once";
    private static final String ANSWERED = "whoever is answered has been seen on record";
    private static final String ALLOWED = "no effect is committed that is no longer allowed";

    private static final int BOUND = 250_000;

    @Test
    @Clause({"C2", "D5"})
    void everyEffectHasItsLeafOnceWhateverIsLostHaltedOrKilled() {
        Exploration<LeafWorld> found = promised(new LeafRaces(Handler.WAITS_FOR_ITS_COMMIT, ours()))
                .sometimes("an effect is there", LeafWorld::hasEffect)
                .sometimes("a use without an effect is on record", world -> !world.hasEffect() && world.copies() == 1)
                .sometimes("a halted transaction has gone on and was given up", LeafRacesTest::hasGivenUp)
                .sometimes("nobody knows", world -> world.serving() == Serving.ANSWERED_IN_DOUBT)
                .staysPossible("the asker is answered, unless the node was killed", LeafWorld::isOver)
                .within(BOUND);

        System.out.println("a delivery and its leaf: " + found);
        assertThat(found.counterexample()).isEmpty();
    }

    private static boolean hasGivenUp(LeafWorld world) {
        return (world.givenUp() & 1) != 0 && world.transactions().getFirst().stage() == Tx.Stage.ROLLED_BACK;
    }

    @ParameterizedTest
    @CsvSource({
        "RIDES_WITH_THE_EFFECT, " + RECORDED,
        "SETTLED_BEFORE_THE_ANSWER, " + ANSWERED,
        "THE_VERY_LEAF_IS_SETTLED, " + ONCE,
        "LOOKED_FOR_WHILE_IN_DOUBT, " + ONCE,
        "EVERY_DOUBT_IS_KEPT, " + ONCE,
        "LOST_ONES_ARE_WAITED_FOR, " + ONCE,
        "GIVEN_UP_STAYS_GIVEN_UP, " + ONCE,
        "FENCE, " + ALLOWED
    })
    @Clause({"C2", "D5"})
    void withoutAnyOneOfTheRulesAPromiseIsBroken(LeafRule missing, String broken) {
        Set<LeafRule> rules = ours();
        assertThat(rules.remove(missing)).isTrue();

        Exploration<LeafWorld> found =
                promised(new LeafRaces(Handler.WAITS_FOR_ITS_COMMIT, rules)).within(BOUND);

        System.out.println("without " + missing + ": " + found);
        assertThat(found.broken()).contains(broken);
    }

    @Test
    void aHandlerThatGivesUpBeforeItsCommitNeedsTwoRulesMore() {
        Exploration<LeafWorld> found = promised(
                        new LeafRaces(Handler.MAY_GIVE_UP_EARLIER, EnumSet.allOf(LeafRule.class)))
                .within(BOUND);

        System.out.println("a handler that gives up early: " + found);
        assertThat(found.counterexample()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"A_DURABLE_LEAF_IS_NOT_TAKEN, " + ONCE, "SETTLING_LIFTS_NO_FENCE, " + ALLOWED})
    void withoutEitherOfTheTwoSuchAHandlerBreaksAPromise(LeafRule missing, String broken) {
        Set<LeafRule> rules = EnumSet.allOf(LeafRule.class);
        assertThat(rules.remove(missing)).isTrue();

        Exploration<LeafWorld> found =
                promised(new LeafRaces(Handler.MAY_GIVE_UP_EARLIER, rules)).within(BOUND);

        System.out.println("a handler that gives up early, without " + missing + ": " + found);
        assertThat(found.broken()).contains(broken);
    }

    @Test
    void whoIsToldThatTheDecisionIsSupersededMayHaveTheEffectAllTheSame() {
        Exploration<LeafWorld> found = promised(new LeafRaces(Handler.WAITS_FOR_ITS_COMMIT, ours()))
                .always(
                        "what is superseded has no effect",
                        world -> world.effects().at() != Lane.At.SUPERSEDED || !world.hasEffect())
                .within(BOUND);

        System.out.println("superseded after a loss: " + found);
        assertThat(found.broken()).contains("what is superseded has no effect");
    }

    private static Explorer<LeafWorld> promised(LeafRaces races) {
        return races.explorer()
                .always(RECORDED, world -> !world.hasEffect() || world.copies() > 0)
                .always(ONCE, world -> world.copies() <= 1)
                .always(ANSWERED, world -> !world.serving().mustBeOnRecord() || world.copies() > 0)
                .always(
                        ALLOWED,
                        world -> world.transactions().stream()
                                .noneMatch(tx -> tx.stage() == Tx.Stage.COMMITTED_TOO_LATE));
    }

    /** The rules of this house, whose handlers all wait for their commits. */
    private static Set<LeafRule> ours() {
        return EnumSet.complementOf(EnumSet.of(LeafRule.A_DURABLE_LEAF_IS_NOT_TAKEN, LeafRule.SETTLING_LIFTS_NO_FENCE));
    }
}
