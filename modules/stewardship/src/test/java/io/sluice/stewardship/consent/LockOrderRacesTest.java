package io.sluice.stewardship.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stewardship.consent.LockOrderRaces.Mode;
import io.sluice.stewardship.consent.LockOrderRaces.Transaction;
import io.sluice.stewardship.consent.LockOrderRaces.Wanted;
import io.sluice.testkit.explore.Exploration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether those who commit effects and those who take something away can come to wait for each other. */
class LockOrderRacesTest {

    private static final Transaction CHECKOUT = Transaction.of(
            "a checkout of Ada's and Bo's",
            alone("stock"),
            shared("Ada's bucket"),
            shared("Bo's bucket"),
            alone("its shard"));
    private static final Transaction LEAF_IN_DOUBT = Transaction.of(
            "a leaf of Ada's in doubt", shared("Ada's bucket"), alone("its shard"), alone("the ledger's shard"));

    @Test
    void effectsAndChangesThatTakeSomethingAwayNeverWaitInACircle() {
        long states = 0;
        List<Transaction> all = List.of(
                CHECKOUT,
                LEAF_IN_DOUBT,
                withdrawal("Ada", Mode.FOR_UPDATE),
                withdrawal("Bo", Mode.FOR_UPDATE),
                withdrawalOfBoth(Mode.FOR_UPDATE),
                erasure(Mode.FOR_UPDATE),
                Transaction.of("a gift of Ada's", row("Ada", Mode.FOR_UPDATE)));
        for (Transaction first : all) {
            for (Transaction second : all) {
                for (Transaction third : all) {
                    Exploration<List<Integer>> found = LockOrderRaces.of(List.of(first, second, third));
                    assertThat(found.counterexample()).as(found.toString()).isEmpty();
                    states += found.states();
                }
            }
        }
        System.out.println("three of " + all.size() + " transactions and their locks: " + states + " states in all");
    }

    @Test
    void changesThatTakeTheirBucketsEachInTheirOwnOrderWaitInACircle() {
        Exploration<List<Integer>> found = LockOrderRaces.of(List.of(
                Transaction.of("one change", alone("Ada's bucket"), alone("Bo's bucket")),
                Transaction.of("another", alone("Bo's bucket"), alone("Ada's bucket"))));

        assertThat(found.counterexample().orElseThrow().steps())
                .containsExactly("one change locks Ada's bucket", "another locks Bo's bucket");
    }

    /** An insert into a table that points to a person's row locks that row, in the mode that its name says. */
    @Test
    void anAccountThatIsOpenedWhileItsPersonWithdrawsWaitsInACircleIfTheRowIsLockedForUpdate() {
        Exploration<List<Integer>> found =
                LockOrderRaces.of(List.of(register("Ada"), withdrawal("Ada", Mode.FOR_UPDATE)));

        System.out.println("an account is opened: " + found);
        assertThat(found.counterexample().orElseThrow().steps())
                .containsExactly(
                        "the opening of an account locks Ada's row", "the withdrawal of Ada locks Ada's bucket");
    }

    @ParameterizedTest
    @EnumSource(names = {"FOR_UPDATE", "FOR_NO_KEY_UPDATE"})
    void whoeverPointsToAPersonsRowWaitsForItsChangeInACircleOnlyIfItIsLockedForUpdate(Mode mode) {
        Transaction refreshAndOpen = Transaction.of(
                "a refreshed session of Ada's and a new one", row("Ada", Mode.FOR_SHARE), alone("Ada's session"));
        List<List<Transaction>> races = List.of(
                List.of(register("Bo", "Ada"), withdrawal("Ada", mode), withdrawalOfBoth(mode)),
                List.of(refreshAndOpen, erasure(mode), register("Ada")));

        for (List<Transaction> race : races) {
            Exploration<List<Integer>> found = LockOrderRaces.of(race);
            System.out.println("a person's row is locked " + mode + ": " + found);
            assertThat(found.counterexample().isPresent()).isEqualTo(mode == Mode.FOR_UPDATE);
        }
    }

    @Test
    void whoeverOpensASessionWaitsForItsPersonsErasureInACircleIfSessionsAreLockedFirst() {
        Exploration<List<Integer>> found = LockOrderRaces.of(List.of(
                Transaction.of(
                        "a refreshed session of Ada's and a new one",
                        alone("Ada's session"),
                        row("Ada", Mode.FOR_SHARE)),
                erasure(Mode.FOR_NO_KEY_UPDATE)));

        assertThat(found.counterexample().orElseThrow().steps())
                .last()
                .isEqualTo("the erasure of Ada locks Ada's account");
    }

    private static Transaction register(String... persons) {
        Wanted[] locks = new Wanted[2 * persons.length + 1];
        for (int i = 0; i < persons.length; i++) {
            locks[i] = row(persons[i], Mode.FOR_KEY_SHARE);
            // buckets are taken in their order, whoever came first
            locks[2 * persons.length - 1 - i] = shared(persons[i] + "'s bucket");
        }
        locks[2 * persons.length] = alone("the accounts' shard");
        return Transaction.of("the opening of an account", locks);
    }

    private static Transaction withdrawal(String person, Mode rows) {
        return Transaction.of(
                "the withdrawal of " + person, alone(person + "'s bucket"), row(person, rows), alone("the count"));
    }

    private static Transaction withdrawalOfBoth(Mode rows) {
        return Transaction.of(
                "the withdrawal of both",
                alone("Ada's bucket"),
                alone("Bo's bucket"),
                row("Ada", rows),
                row("Bo", rows),
                alone("the count"));
    }

    private static Transaction erasure(Mode rows) {
        return Transaction.of(
                "the erasure of Ada",
                alone("Ada's bucket"),
                row("Ada", rows),
                alone("Ada's account"),
                alone("Ada's session"),
                alone("the count"));
    }

    private static Wanted row(String person, Mode mode) {
        return new Wanted(person + "'s row", mode);
    }

    private static Wanted shared(String what) {
        return new Wanted(what, Mode.SHARED);
    }

    private static Wanted alone(String what) {
        return new Wanted(what, Mode.ALONE);
    }
}
