package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.ledger.ShredWorld.Message.At;
import io.sluice.ledger.ShredWorld.Node;
import io.sluice.testkit.explore.Exploration;
import io.sluice.testkit.explore.Explorer;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every order in which a key can be shredded, forgotten by nodes that may stand still, and asked for by messages. */
class ShredRacesTest {

    private static final String OPENED = "nothing is opened once the shredding has returned";
    private static final String FORGOTTEN = "no node can use the key once the shredding has returned";
    private static final String RECORDED = "what is opened is on record";

    private static final int BOUND = 150_000;

    @Test
    @Clause({"C2", "D4"})
    void nothingIsOpenedOnceAShreddingHasReturnedNorWithoutItsLeaf() {
        Exploration<ShredWorld> onTwoNodes = promised(new ShredRaces(all()).onTwoNodes());
        Exploration<ShredWorld> onOneNode = promised(new ShredRaces(all()).onOneNode());

        System.out.println("a key is shredded, a message on another node: " + onTwoNodes);
        System.out.println("a key is shredded, two messages on its node: " + onOneNode);
        assertThat(onTwoNodes.counterexample()).isEmpty();
        assertThat(onOneNode.counterexample()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LEAF_BEFORE_OPENING, " + RECORDED,
        "LEASE_FROM_QUESTION, " + FORGOTTEN,
        "FORGOTTEN_BEFORE_EXTENDED, " + FORGOTTEN,
        "LEASE_BEFORE_KEY, " + OPENED,
        "KEPT_UNLESS_FORGOTTEN, " + FORGOTTEN,
        "KEPT_AND_COMPARED_AT_ONCE, " + FORGOTTEN,
        "LOOK_AT_OPENING, " + OPENED,
        "WAIT_FOR_LEASE, " + OPENED,
        "WAIT_FOR_DRIFT, " + OPENED
    })
    void withoutAnyOneOfTheRulesAShreddedKeyIsUsed(ShredRule missing, String broken) {
        Set<ShredRule> rules = all();
        assertThat(rules.remove(missing)).isTrue();

        Exploration<ShredWorld> found = promised(
                missing == ShredRule.LEAF_BEFORE_OPENING
                        ? new ShredRaces(rules).onTwoNodes()
                        : new ShredRaces(rules).onOneNode());

        System.out.println("without " + missing + ": " + found);
        assertThat(found.broken()).contains(broken);
    }

    @Test
    void aKeyThatIsKeptForAnInstantTooLongIsUsedByWhoeverFindsItThen() {
        Set<ShredRule> rules = all();
        assertThat(rules.remove(ShredRule.KEPT_AND_COMPARED_AT_ONCE)).isTrue();

        Exploration<ShredWorld> found = new ShredRaces(rules)
                .onOneNode()
                .always(OPENED, world -> !world.has(At.OPENED_TOO_LATE))
                .within(BOUND);

        System.out.println("a key is kept for an instant too long: " + found);
        assertThat(found.broken()).contains(OPENED);
    }

    private static Exploration<ShredWorld> promised(Explorer<ShredWorld> races) {
        return races.always(OPENED, world -> !world.has(At.OPENED_TOO_LATE))
                .always(
                        FORGOTTEN,
                        world -> !world.shredding().hasReturned()
                                || world.nodes().stream().noneMatch(Node::canUse))
                .always(
                        RECORDED,
                        world -> world.messages().stream()
                                .allMatch(message -> message.at() != At.OPENED || message.isOnRecord()))
                .sometimes("a message is opened", world -> world.has(At.OPENED))
                .sometimes("a message is not", world -> world.has(At.NOT_OPENED))
                .staysPossible(
                        "the shredding returns", world -> world.shredding().hasReturned())
                .within(BOUND);
    }

    private static Set<ShredRule> all() {
        return EnumSet.allOf(ShredRule.class);
    }
}
