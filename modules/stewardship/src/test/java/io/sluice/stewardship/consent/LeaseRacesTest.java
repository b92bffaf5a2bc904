package io.sluice.stewardship.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.stewardship.consent.LeaseRaces.Does;
import io.sluice.stewardship.consent.LeaseWorld.Message.At;
import io.sluice.stewardship.consent.LeaseWorld.Message.Kind;
import io.sluice.testkit.explore.Exploration;
import io.sluice.testkit.explore.Explorer;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every order in which a withdrawal, an effect and an egress can happen, on nodes that may stand still at any step. */
class LeaseRacesTest {

    private static final String DECIDED = "nothing is decided by the old row once the change has returned";
    private static final String OPENED = "nothing is opened by the old row once the change has returned";
    private static final String COMMITTED = "no effect of the old row is committed once the change is";
    private static final String LOGGED = "no leaf of an egress by the old row is committed once the change is";
    private static final String SENT = "nothing leaves by the old row once the change has returned";

    private static final int BOUND = 150_000;

    @Test
    @Clause("D5")
    void nothingIsDecidedOpenedOrSentOnceAWithdrawalHasReturnedNorCommittedOnceItIs() {
        Exploration<LeaseWorld> found = promised(without(Does.TAKES_AWAY, LeaseRule.COMPARED_AND_KEPT_AT_ONCE)
                        .of(Kind.EFFECT, Kind.EGRESS))
                .sometimes("an effect is committed", world -> world.has(At.COMMITTED))
                .sometimes("an effect is superseded", world -> world.has(At.SUPERSEDED))
                .sometimes("something leaves", world -> world.has(At.SENT))
                .sometimes("a lease is over before its use", world -> world.has(At.LAPSED))
                .staysPossible("the withdrawal returns", world -> world.change().hasReturned())
                .within(BOUND);

        System.out.println("withdrawal, effect and egress on two nodes: " + found);
        assertThat(found.counterexample()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LEASE_FROM_QUESTION, EFFECT, " + DECIDED,
        "WAIT_FOR_LEASE, EFFECT, " + OPENED,
        "WAIT_FOR_DRIFT, EFFECT, " + OPENED,
        "FENCE, EFFECT, " + COMMITTED,
        "FENCE, EGRESS, " + LOGGED,
        "FENCE_UNDER_LOCK, EFFECT, " + COMMITTED,
        "FENCE_SEES_WHAT_THE_LOCK_WAITED_FOR, EFFECT, " + COMMITTED,
        "LOOK_AT_OPENING, EFFECT, " + OPENED,
        "LOOK_BEFORE_EGRESS, EGRESS, " + SENT
    })
    @Clause("D5")
    void withoutAnyOneOfItsRulesAWithdrawalIsBroken(LeaseRule missing, Kind kind, String broken) {
        Exploration<LeaseWorld> found =
                promised(without(Does.TAKES_AWAY, missing).of(kind)).within(BOUND);

        System.out.println("without " + missing + ": " + found);
        assertThat(found.broken()).contains(broken);
    }

    @Test
    @Clause("D5")
    void whereANodeStopsBetweenItsLookAndTheBytesNoEffectIsCommittedAndWhatLeavesHasALeafFromBefore() {
        Explorer<LeaseWorld> races = without(Does.TAKES_AWAY, LeaseRule.LOOK_AND_ACT_AT_ONCE)
                .of(Kind.EFFECT, Kind.EGRESS)
                .always(DECIDED, world -> !world.has(At.DECIDED_TOO_LATE))
                .always(COMMITTED, world -> !world.has(At.COMMITTED_TOO_LATE))
                .always(LOGGED, world -> !world.has(At.LOGGED_TOO_LATE));

        Exploration<LeaseWorld> kept = races.within(BOUND);
        Exploration<LeaseWorld> notKept =
                races.always(SENT, world -> !world.has(At.SENT_TOO_LATE)).within(BOUND);

        System.out.println("a stop between look and bytes: " + kept);
        System.out.println("a stop between look and bytes: " + notKept);
        assertThat(kept.counterexample()).isEmpty();
        assertThat(notKept.broken())
                .as("the one gap that only the receiver could close")
                .contains(SENT);
    }

    @Test
    @Clause("D5")
    void noEffectOfAMachineThatSleptIsCommittedThoughItTakesItsLeaseForGood() {
        LeaseRaces asleep = without(Does.TAKES_AWAY, LeaseRule.CLOCK_GOES_ON_IN_SLEEP);
        Exploration<LeaseWorld> kept = asleep.of(Kind.EFFECT)
                .always(COMMITTED, world -> !world.has(At.COMMITTED_TOO_LATE))
                .within(BOUND);
        Exploration<LeaseWorld> notKept = promised(asleep.of(Kind.EGRESS)).within(BOUND);

        System.out.println("a machine sleeps: " + kept);
        System.out.println("a machine sleeps: " + notKept);
        assertThat(kept.counterexample()).isEmpty();
        assertThat(notKept.broken()).contains(DECIDED);
    }

    @Test
    void whoIsToldThatSomethingWasGivenIsDecidedByItFromThenOnWhereItWasTold() {
        Exploration<LeaseWorld> found = given(new LeaseRaces(Does.GIVES, all()));

        System.out.println("a gift and two decisions on its node: " + found);
        assertThat(found.counterexample()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = LeaseRule.class,
            names = {"DROP_AFTER_COMMIT", "LOADS_OLDER_THAN_A_DROP_ARE_NOT_KEPT", "COMPARED_AND_KEPT_AT_ONCE"})
    void withoutAnyOneOfTheRulesOfDroppingAGiftIsForgotten(LeaseRule missing) {
        Exploration<LeaseWorld> found = given(without(Does.GIVES, missing));

        System.out.println("a gift without " + missing + ": " + found);
        assertThat(found.broken()).contains(DECIDED);
    }

    private static Exploration<LeaseWorld> given(LeaseRaces races) {
        return promised(races.of(Kind.DECISION, Kind.DECISION)).within(BOUND);
    }

    private static Explorer<LeaseWorld> promised(Explorer<LeaseWorld> races) {
        return races.always(DECIDED, world -> !world.has(At.DECIDED_TOO_LATE))
                .always(OPENED, world -> !world.has(At.OPENED_TOO_LATE))
                .always(COMMITTED, world -> !world.has(At.COMMITTED_TOO_LATE))
                .always(LOGGED, world -> !world.has(At.LOGGED_TOO_LATE))
                .always(SENT, world -> !world.has(At.SENT_TOO_LATE));
    }

    private static LeaseRaces without(Does does, LeaseRule missing) {
        Set<LeaseRule> rules = all();
        assertThat(rules.remove(missing)).isTrue();
        return new LeaseRaces(does, rules);
    }

    private static Set<LeaseRule> all() {
        return EnumSet.allOf(LeaseRule.class);
    }
}
