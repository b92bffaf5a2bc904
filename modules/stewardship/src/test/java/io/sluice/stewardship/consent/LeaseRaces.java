package io.sluice.stewardship.consent;

import io.sluice.stewardship.consent.LeaseWorld.Change;
import io.sluice.stewardship.consent.LeaseWorld.Message;
import io.sluice.stewardship.consent.LeaseWorld.Message.At;
import io.sluice.stewardship.consent.LeaseWorld.Message.Kind;
import io.sluice.stewardship.consent.LeaseWorld.Node;
import io.sluice.stewardship.consent.LeaseWorld.Snapshot;
import io.sluice.stewardship.consent.LeaseWorld.Version;
import io.sluice.testkit.explore.Explorer;
import io.sluice.testkit.explore.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The lease of snapshots and the fence of consents, as a model: a person's row is changed while messages are on their way
 * through nodes that know the row as it was.
 *
 * <p>Step for step: the change is {@code Subjects.change} on node 0, with {@code SubjectBatch} for its transaction
 * ({@code hold_off_effects} first, if something is taken away) and {@code takenEffect} for its wait. A message is
 * {@code LeasedSnapshots.of} and {@code load}, {@code Gate.decided}, then for an effect {@code Vault.open} and {@code Lane.write}
 * with {@code ConsentFence.write} in it; for an egress the leaf's own transaction with the same fence, {@code Vault.open} and
 * {@code PartnerClient.sent}.
 *
 * <p>Left out: the reserve at a lease's end (it only refuses more); other persons, and so batches, buckets and the order of
 * their locks ({@link LockOrderRaces} has these); a permit's own lifetime, which ends no lease later; losses of the database,
 * which commit nothing that the fence has not seen. A node stands still by not moving while time does, before any step and for
 * as long as it likes.
 */
final class LeaseRaces {

    static final int LEASE = 2;
    static final int DRIFT = 1;

    /** What the change does. */
    enum Does {
        /** The old row permits, the new one does not. */
        TAKES_AWAY,
        /** The new row permits, the old one does not. */
        GIVES
    }

    private final Does does;
    private final Set<LeaseRule> rules;

    LeaseRaces(Does does, Set<LeaseRule> rules) {
        this.does = does;
        this.rules = rules;
    }

    /** One node for each message, but one for all if they are decisions. Every node knows the old row; its clock may slip once. */
    Explorer<LeaseWorld> of(Kind... kinds) {
        List<Node> nodes = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            int node = kinds[i] == Kind.DECISION ? 0 : i;
            messages.add(new Message(node, kinds[i], At.EXPECTED, Snapshot.NONE, false, false));
            if (node == nodes.size()) {
                nodes.add(new Node(
                        new Snapshot(Version.OLD, LEASE),
                        DRIFT,
                        has(LeaseRule.CLOCK_GOES_ON_IN_SLEEP) ? Node.Sleep.NEVER : Node.Sleep.MAY_SLEEP));
            }
        }
        Explorer<LeaseWorld> explorer = Explorer.from(
                        new LeaseWorld(new Change(Change.Stage.ASKED, 0), List.copyOf(nodes), List.copyOf(messages)))
                .actor("the change", this::change)
                .actor("time", LeaseClocks::pass);
        for (int i = 0; i < kinds.length; i++) {
            int number = i;
            explorer = explorer.actor("message " + i, world -> message(world, number));
        }
        return explorer.mayEnd(LeaseWorld::isOver);
    }

    private boolean has(LeaseRule rule) {
        return rules.contains(rule);
    }

    private static Step<LeaseWorld> step(String name, LeaseWorld after) {
        return new Step<>(name, after);
    }

    private List<Step<LeaseWorld>> change(LeaseWorld world) {
        Change change = world.change();
        return switch (change.stage()) {
            case ASKED -> {
                LeaseWorld begun = has(LeaseRule.DROP_AFTER_COMMIT) ? world : world.dropped(0);
                if (does == Does.GIVES) {
                    yield List.of(step("begins, without a lock", begun.with(change.at(Change.Stage.ALONE))));
                }
                yield world.isLockShared()
                        ? List.of()
                        : List.of(step("has the lock alone", begun.with(change.at(Change.Stage.ALONE))));
            }
            case ALONE -> List.of(step("is committed", world.with(change.at(Change.Stage.COMMITTED))));
            case COMMITTED -> {
                LeaseWorld known = has(LeaseRule.DROP_AFTER_COMMIT) ? world.dropped(0) : world;
                yield List.of(step(
                        "is known to be committed, and its node forgets the row",
                        known.with(new Change(
                                Change.Stage.WAITING,
                                wait(LeaseRule.WAIT_FOR_LEASE, LEASE) + wait(LeaseRule.WAIT_FOR_DRIFT, DRIFT)))));
            }
            case WAITING ->
                change.ticksToWait() > 0
                        ? List.of()
                        : List.of(step("returns", world.with(change.at(Change.Stage.RETURNED))));
            case RETURNED -> List.of();
        };
    }

    private int wait(LeaseRule rule, int ticks) {
        return does == Does.TAKES_AWAY && has(rule) ? ticks : 0;
    }

    private List<Step<LeaseWorld>> message(LeaseWorld world, int number) {
        Message message = world.messages().get(number);
        if (world.nodes().get(message.node()).sleep() == Node.Sleep.ASLEEP) {
            return List.of();
        }
        return switch (message.at()) {
            case EXPECTED ->
                List.of(arrives(world, number, message.arrived(world.change().hasReturned())));
            case ASKING ->
                List.of(step(
                        "has its row read",
                        world.with(
                                number,
                                message.at(At.READ)
                                        .by(new Snapshot(
                                                world.row(), message.by().lease())))));
            case READ -> List.of(answered(world, number, message));
            case COMPARED -> List.of(decided("keeps the row and is decided by it", kept(world, message), number));
            case DECIDED ->
                message.kind() == Kind.EFFECT ? List.of(looks(world, number)) : List.of(transacts(world, number));
            case LOOKED_TO_OPEN -> List.of(step("is opened", world.with(number, opened(world, message))));
            case OPENED ->
                message.kind() == Kind.EFFECT ? List.of(transacts(world, number)) : List.of(looksOut(world, number));
            case LOCK_ASKED ->
                world.change().stage() == Change.Stage.ALONE && does == Does.TAKES_AWAY
                        ? List.of()
                        : List.of(step("shares the lock", world.with(number, message.at(At.LOCKED))));
            case LOCKED -> List.of(compares(world, number));
            case STANDING -> List.of(step("commits", world.with(number, committed(world, message))));
            case LOGGED -> List.of(looks(world, number));
            case LOOKED_TO_SEND -> List.of(step("is sent", world.with(number, sent(world, message))));
            case REFUSED, LAPSED, SUPERSEDED, COMMITTED, SENT -> List.of();
            case DECIDED_TOO_LATE, OPENED_TOO_LATE, COMMITTED_TOO_LATE, LOGGED_TOO_LATE, SENT_TOO_LATE -> List.of();
        };
    }

    private Step<LeaseWorld> arrives(LeaseWorld world, int number, Message message) {
        Snapshot kept = world.nodes().get(message.node()).kept();
        return kept.isFresh()
                ? decided("comes, and is decided by the row that is kept", world.with(number, message.by(kept)), number)
                : step(
                        "comes, and asks for the row",
                        world.with(number, message.at(At.ASKING).by(new Snapshot(Version.NONE, LEASE))));
    }

    private Step<LeaseWorld> answered(LeaseWorld world, int number, Message read) {
        Message message = has(LeaseRule.LEASE_FROM_QUESTION)
                ? read
                : read.by(new Snapshot(read.by().version(), LEASE));
        LeaseWorld next = world.with(number, message);
        boolean isKept = !message.isOlderThanDrop() || !has(LeaseRule.LOADS_OLDER_THAN_A_DROP_ARE_NOT_KEPT);
        if (!isKept) {
            return decided("gets its row, which is too old to be kept, and is decided by it", next, number);
        }
        return has(LeaseRule.COMPARED_AND_KEPT_AT_ONCE)
                ? decided("gets its row, which is kept, and is decided by it", kept(next, message), number)
                : step("gets its row, which nothing forbids to keep", world.with(number, message.at(At.COMPARED)));
    }

    private static LeaseWorld kept(LeaseWorld world, Message message) {
        return message.by().isFresh()
                ? world.with(message.node(), world.nodes().get(message.node()).keeping(message.by()))
                : world;
    }

    private Step<LeaseWorld> decided(String name, LeaseWorld world, int number) {
        Message message = world.messages().get(number);
        boolean isOld = message.by().version() == Version.OLD;
        boolean permits = isOld == (does == Does.TAKES_AWAY);
        boolean isTooLate =
                isOld && (does == Does.TAKES_AWAY ? world.change().hasReturned() && permits : message.isAfterReturn());
        At next;
        if (!message.by().isFresh()) {
            next = At.REFUSED;
        } else if (isTooLate) {
            next = At.DECIDED_TOO_LATE;
        } else {
            next = permits && message.kind() != Kind.DECISION ? At.DECIDED : At.REFUSED;
        }
        return step(name, world.with(number, message.at(next)));
    }

    private Step<LeaseWorld> looks(LeaseWorld world, int number) {
        Message message = world.messages().get(number);
        if (has(LeaseRule.LOOK_AT_OPENING) && !message.by().isFresh()) {
            return step("looks at its lease, which is over", world.with(number, message.at(At.LAPSED)));
        }
        return has(LeaseRule.LOOK_AND_ACT_AT_ONCE)
                ? step("looks at its lease and is opened", world.with(number, opened(world, message)))
                : step("looks at its lease to be opened", world.with(number, message.at(At.LOOKED_TO_OPEN)));
    }

    private Message opened(LeaseWorld world, Message message) {
        return isOldAfterReturn(world, message) && has(LeaseRule.LOOK_AND_ACT_AT_ONCE)
                ? message.at(At.OPENED_TOO_LATE)
                : message.at(At.OPENED);
    }

    private Step<LeaseWorld> looksOut(LeaseWorld world, int number) {
        Message message = world.messages().get(number);
        if (has(LeaseRule.LOOK_BEFORE_EGRESS) && !message.by().isFresh()) {
            return step("looks at its lease once more, and it is over", world.with(number, message.at(At.LAPSED)));
        }
        return has(LeaseRule.LOOK_AND_ACT_AT_ONCE)
                ? step("looks at its lease once more and is sent", world.with(number, sent(world, message)))
                : step("looks at its lease once more", world.with(number, message.at(At.LOOKED_TO_SEND)));
    }

    private static Message sent(LeaseWorld world, Message message) {
        return message.at(isOldAfterReturn(world, message) ? At.SENT_TOO_LATE : At.SENT);
    }

    private static boolean isOldAfterReturn(LeaseWorld world, Message message) {
        return message.by().version() == Version.OLD && world.change().hasReturned();
    }

    private Step<LeaseWorld> transacts(LeaseWorld world, int number) {
        Message message = world.messages().get(number);
        if (!has(LeaseRule.FENCE)) {
            return step("begins its transaction", world.with(number, message.at(At.STANDING)));
        }
        if (!has(LeaseRule.FENCE_UNDER_LOCK)) {
            return compares(world, number);
        }
        boolean isSeenTooEarly = !has(LeaseRule.FENCE_SEES_WHAT_THE_LOCK_WAITED_FOR);
        boolean hasFallen = isSeenTooEarly && !stands(world, message);
        return step(
                "asks to share the lock", world.with(number, message.at(hasFallen ? At.SUPERSEDED : At.LOCK_ASKED)));
    }

    private Step<LeaseWorld> compares(LeaseWorld world, int number) {
        Message message = world.messages().get(number);
        boolean wasSeenToStand = has(LeaseRule.FENCE_UNDER_LOCK) && !has(LeaseRule.FENCE_SEES_WHAT_THE_LOCK_WAITED_FOR);
        boolean holds = wasSeenToStand || stands(world, message);
        return step(
                holds ? "finds the row as it was decided by" : "finds the row changed, and is rolled back",
                world.with(number, message.at(holds ? At.STANDING : At.SUPERSEDED)));
    }

    /** A change that only gives is none to the fence: it goes by the version at which something was last taken away. */
    private boolean stands(LeaseWorld world, Message message) {
        return does == Does.GIVES || message.by().version() == world.row();
    }

    private static Message committed(LeaseWorld world, Message message) {
        boolean isTooLate = message.by().version() != world.row();
        return message.kind() == Kind.EFFECT
                ? message.at(isTooLate ? At.COMMITTED_TOO_LATE : At.COMMITTED)
                : message.at(isTooLate ? At.LOGGED_TOO_LATE : At.LOGGED);
    }
}
