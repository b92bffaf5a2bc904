package io.sluice.ledger;

import static io.sluice.ledger.LeafWorld.NONE;

import io.sluice.ledger.LeafWorld.Lane;
import io.sluice.ledger.LeafWorld.Leaf;
import io.sluice.ledger.LeafWorld.Person;
import io.sluice.ledger.LeafWorld.Serving;
import io.sluice.ledger.LeafWorld.Tx;
import io.sluice.testkit.explore.Explorer;
import io.sluice.testkit.explore.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A delivery whose leaf rides in its handler's transaction, as a model: the line may break at any moment, also in COMMIT; what
 * was said to the server may be done at once, or much later, or never; the node may be killed; and the person may take the
 * permission away.
 *
 * <p>Step for step: the lanes are {@code Lane.attempt}, {@code again} and {@code afterLoss}, with {@code ride} and
 * {@code LeafTable.write} for what they take along; a transaction is the statements of {@code Lane.write} in their order:
 * effect, {@code ConsentFence.write}, {@code LeafTable.lock}, {@code LeafBatch.write}, COMMIT; the rest is {@code Serving.handle}
 * and {@code logged}, {@code PostgresLedger.settle}, {@code PendingLeaf}.
 *
 * <p>Left out: other items of a batch; hashes and chains; the order in which locks on shards are taken. An effect looks itself
 * up before it is written and can be there once only, as {@code Checkouts} has it by its idempotency key. A lane tries less often
 * than in the code.
 */
final class LeafRaces {

    private static final int TRIES = 2;
    /** A handler that gives up makes many more states; one loss is enough to see what that does. */
    private static final int TRIES_AFTER_GIVING_UP = 1;

    /** Whether the handler waits for the end of what it has submitted. Those of this house do. */
    enum Handler {
        WAITS_FOR_ITS_COMMIT,
        MAY_GIVE_UP_EARLIER
    }

    private final Handler handler;
    private final Set<LeafRule> rules;

    LeafRaces(Handler handler, Set<LeafRule> rules) {
        this.handler = handler;
        this.rules = rules;
    }

    Explorer<LeafWorld> explorer() {
        boolean waits = handler == Handler.WAITS_FOR_ITS_COMMIT;
        LeafWorld start = new LeafWorld(
                true,
                Serving.HANDLING,
                new Lane(Lane.At.READY, NONE, TRIES, NONE),
                new Lane(Lane.At.IDLE, NONE, waits ? TRIES : TRIES_AFTER_GIVING_UP, NONE),
                new Leaf(false, 0, false, true),
                List.of(),
                Person.ALLOWS);
        return Explorer.from(start)
                .actor("the handler's lane", world -> lane(world, true))
                .actor("the ledger's lane", world -> lane(world, false))
                .actor("the gate", this::serving)
                .actor("the server", this::server)
                .actor("the person", LeafRaces::person)
                .actor("somebody", LeafRaces::kill)
                .mayEnd(LeafWorld::isOver);
    }

    private boolean has(LeafRule rule) {
        return rules.contains(rule);
    }

    private static Step<LeafWorld> step(String name, LeafWorld after) {
        return new Step<>(name, after);
    }

    private static List<Step<LeafWorld>> kill(LeafWorld world) {
        return world.isAlive() ? List.of(step("kills the node", world.killed())) : List.of();
    }

    private static List<Step<LeafWorld>> person(LeafWorld world) {
        return switch (world.person()) {
            case ALLOWS ->
                world.transactions().stream().anyMatch(Tx::sharesFence)
                        ? List.of()
                        : List.of(step("is taking the permission away", world.with(Person.IS_TAKING_AWAY)));
            case IS_TAKING_AWAY -> List.of(step("has taken the permission away", world.with(Person.HAS_TAKEN_AWAY)));
            case HAS_TAKEN_AWAY -> List.of();
        };
    }

    private List<Step<LeafWorld>> lane(LeafWorld world, boolean isEffects) {
        Lane lane = isEffects ? world.effects() : world.ledger();
        return switch (lane.at()) {
            case READY ->
                world.leaf().isCommitted()
                        ? List.of(sends(world, isEffects, false))
                        : List.of(step(
                                "sees that the leaf is not durable yet",
                                with(
                                        world,
                                        isEffects,
                                        new Lane(Lane.At.HAS_LOOKED, NONE, lane.tries(), lane.batch()))));
            case HAS_LOOKED -> List.of(takes(world, isEffects, lane));
            case WAITS -> hears(world, isEffects, lane);
            case IDLE, COMMITTED, SUPERSEDED, FAILED -> List.of();
        };
    }

    private static LeafWorld with(LeafWorld world, boolean isEffects, Lane lane) {
        return isEffects ? world.withEffects(lane) : world.withLedger(lane);
    }

    private Step<LeafWorld> takes(LeafWorld world, boolean isEffects, Lane lane) {
        if (world.leaf().isUnderWay()) {
            Lane refused = new Lane(lane.at(), NONE, lane.tries() - 1, NONE).readyAgain(NONE);
            return step("finds the leaf under way elsewhere", with(world, isEffects, refused));
        }
        boolean isDurable = world.leaf().isCommitted() && has(LeafRule.A_DURABLE_LEAF_IS_NOT_TAKEN);
        return sends(world, isEffects, !isDurable);
    }

    /** {@code Batch.prepare} has looked whether the effect is there, and then everything is said at once. */
    private Step<LeafWorld> sends(LeafWorld world, boolean isEffects, boolean withLeaf) {
        Lane lane = isEffects ? world.effects() : world.ledger();
        int number = world.transactions().size();
        boolean hasLeaf = withLeaf && (!isEffects || has(LeafRule.RIDES_WITH_THE_EFFECT));
        int batch = lane.batch() == NONE ? number : lane.batch();
        boolean isTheVeryLeaf = isEffects || has(LeafRule.THE_VERY_LEAF_IS_SETTLED);
        boolean fence = isEffects
                && has(LeafRule.FENCE)
                && (has(LeafRule.SETTLING_LIFTS_NO_FENCE)
                        || (hasLeaf && world.leaf().holdsFence()));
        Tx tx = new Tx(
                isEffects && !world.hasEffect() ? Tx.Stage.SENT : Tx.Stage.EFFECT_WRITTEN,
                batch,
                isEffects && !world.hasEffect(),
                hasLeaf,
                (hasLeaf && isTheVeryLeaf) ? world.leaf().doubts() : 0,
                fence,
                false,
                false);
        LeafWorld sent = with(world, isEffects, lane.waitingFor(number)).and(tx);
        return step("sends its transaction", hasLeaf ? sent.with(world.leaf().taken()) : sent);
    }

    private List<Step<LeafWorld>> hears(LeafWorld world, boolean isEffects, Lane lane) {
        Tx tx = world.transactions().get(lane.tx());
        List<Step<LeafWorld>> steps = new ArrayList<>();
        steps.add(step(
                "loses its line",
                with(lost(world, tx), isEffects, lane.readyAgain(NONE)).with(lane.tx(), tx.cut())));
        Leaf leaf = world.leaf();
        switch (tx.stage()) {
            case COMMITTED, COMMITTED_TOO_LATE ->
                steps.add(step(
                        "hears that it is committed",
                        with(
                                tx.hasLeaf() ? world.with(leaf.committed()) : world,
                                isEffects,
                                lane.at(Lane.At.COMMITTED))));
            case SUPERSEDED ->
                steps.add(step(
                        "hears that it is superseded", with(back(world, tx), isEffects, lane.at(Lane.At.SUPERSEDED))));
            case ROLLED_BACK ->
                steps.add(step(
                        "hears that it is rolled back", with(back(world, tx), isEffects, lane.readyAgain(tx.batch()))));
            case SENT, EFFECT_WRITTEN, STANDING, LOCKED, WRITTEN -> {}
        }
        return steps;
    }

    private static LeafWorld back(LeafWorld world, Tx tx) {
        return tx.hasLeaf() ? world.with(world.leaf().givenBack()) : world;
    }

    private LeafWorld lost(LeafWorld world, Tx tx) {
        if (!tx.hasLeaf()) {
            return world;
        }
        int before = has(LeafRule.EVERY_DOUBT_IS_KEPT) ? world.leaf().doubts() : 0;
        return world.with(world.leaf().inDoubt(before | 1 << tx.batch()));
    }

    private List<Step<LeafWorld>> serving(LeafWorld world) {
        if (!world.isAlive()) {
            return List.of();
        }
        return switch (world.serving()) {
            case HANDLING -> handling(world);
            case SETTLING -> settling(world);
            case ANSWERED_DONE, ANSWERED_NO, ANSWERED_IN_DOUBT -> List.of();
        };
    }

    private List<Step<LeafWorld>> handling(LeafWorld world) {
        Lane.At ended = world.effects().at();
        if (ended == Lane.At.COMMITTED && world.leaf().isCommitted()) {
            return List.of(step("answers that it is done", world.with(Serving.ANSWERED_DONE)));
        }
        if (!ended.isOver() && handler == Handler.WAITS_FOR_ITS_COMMIT) {
            return List.of();
        }
        if (!has(LeafRule.SETTLED_BEFORE_THE_ANSWER)) {
            return List.of(step("answers that it is not done", world.with(Serving.ANSWERED_NO)));
        }
        LeafWorld settling = world.with(Serving.SETTLING);
        return List.of(step(
                ended.isOver() ? "settles the leaf" : "settles the leaf of a handler that gave up",
                has(LeafRule.SETTLING_LIFTS_NO_FENCE)
                        ? settling
                        : settling.with(world.leaf().withoutFence())));
    }

    private List<Step<LeafWorld>> settling(LeafWorld world) {
        Lane ledger = world.ledger();
        if (world.leaf().isCommitted() || ledger.at() == Lane.At.COMMITTED) {
            return List.of(step("answers, the leaf being durable", world.with(Serving.ANSWERED_NO)));
        }
        if (ledger.at() == Lane.At.IDLE && !world.leaf().isUnderWay()) {
            return List.of(step(
                    "has the ledger write the leaf",
                    world.withLedger(new Lane(Lane.At.READY, NONE, ledger.tries(), NONE))));
        }
        return ledger.at().isOver()
                ? List.of(step("answers that nobody knows", world.with(Serving.ANSWERED_IN_DOUBT)))
                : List.of();
    }

    /** Each transaction goes on, or stands still; one to which nobody listens, or an unlucky first, may be rolled back. */
    private List<Step<LeafWorld>> server(LeafWorld world) {
        List<Step<LeafWorld>> steps = new ArrayList<>();
        for (int number = 0; number < world.transactions().size(); number++) {
            Tx tx = world.transactions().get(number);
            if (!tx.stage().isEnd()) {
                goesOn(world, number, tx, steps);
                if (tx.isCut() || number == 0) {
                    steps.add(step(NAMES.get(number) + " rolls back", world.with(number, tx.at(Tx.Stage.ROLLED_BACK))));
                }
            }
        }
        return steps;
    }

    // constants, as the explorer likes them
    private static final List<String> NAMES =
            List.of("in transaction 0", "in transaction 1", "in transaction 2", "in transaction 3");

    private void goesOn(LeafWorld world, int number, Tx tx, List<Step<LeafWorld>> steps) {
        switch (tx.stage()) {
            case SENT -> {
                if (world.transactions().stream().noneMatch(Tx::isWritingEffect)) {
                    Tx.Stage next = world.hasEffect() ? Tx.Stage.ROLLED_BACK : Tx.Stage.EFFECT_WRITTEN;
                    steps.add(step(NAMES.get(number) + " writes the effect", world.with(number, tx.at(next))));
                }
            }
            case EFFECT_WRITTEN -> {
                if (!tx.holdsFence() || world.person() == Person.ALLOWS) {
                    steps.add(step(
                            NAMES.get(number) + " passes the fence", world.with(number, tx.at(Tx.Stage.STANDING))));
                } else if (world.person() == Person.HAS_TAKEN_AWAY) {
                    steps.add(step(
                            NAMES.get(number) + " is refused by the fence",
                            world.with(number, tx.at(Tx.Stage.SUPERSEDED))));
                }
            }
            case STANDING -> {
                boolean isFree =
                        world.transactions().stream().noneMatch(other -> (other.locks() & tx.wantsLocks()) != 0);
                if (isFree || !has(LeafRule.LOST_ONES_ARE_WAITED_FOR)) {
                    steps.add(
                            step(NAMES.get(number) + " locks the shards", world.with(number, tx.at(Tx.Stage.LOCKED))));
                }
            }
            case LOCKED -> steps.add(writes(world, number, tx));
            case WRITTEN -> {
                boolean isTooLate = tx.hasEffect() && world.person() == Person.HAS_TAKEN_AWAY;
                steps.add(step(
                        NAMES.get(number) + " commits",
                        world.with(number, tx.at(isTooLate ? Tx.Stage.COMMITTED_TOO_LATE : Tx.Stage.COMMITTED))));
            }
            case COMMITTED, COMMITTED_TOO_LATE, SUPERSEDED, ROLLED_BACK -> {}
        }
    }

    private Step<LeafWorld> writes(LeafWorld world, int number, Tx tx) {
        if (!tx.hasLeaf()) {
            return step(NAMES.get(number) + " writes no leaf", world.with(number, tx.written(false)));
        }
        boolean isThere = (world.durable() & tx.doubts()) != 0;
        if (isThere && has(LeafRule.LOOKED_FOR_WHILE_IN_DOUBT)) {
            return step(NAMES.get(number) + " finds the leaf there", world.with(number, tx.written(false)));
        }
        boolean isGivenUp = (world.givenUp() & 1 << tx.batch()) != 0;
        return isGivenUp && has(LeafRule.GIVEN_UP_STAYS_GIVEN_UP)
                ? step(NAMES.get(number) + " finds itself given up", world.with(number, tx.at(Tx.Stage.ROLLED_BACK)))
                : step(NAMES.get(number) + " writes the leaf", world.with(number, tx.written(true)));
    }
}
