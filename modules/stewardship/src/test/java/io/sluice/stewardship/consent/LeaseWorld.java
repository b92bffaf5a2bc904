package io.sluice.stewardship.consent;

import io.sluice.testkit.explore.Lists;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One person's row, the change of it, and what nodes know and do meanwhile.
 *
 * <p>Time is what is left of it: a lease of so many ticks, a wait of so many. So there are finitely many states, and no end of
 * time.
 */
record LeaseWorld(Change change, List<Node> nodes, List<Message> messages) {

    /** A row before or after the change; or, where a row is kept, none. */
    enum Version {
        NONE,
        OLD,
        NEW
    }

    /** Where the change is, and how long it has to wait still. */
    record Change(Stage stage, int ticksToWait) {

        enum Stage {
            ASKED,
            ALONE,
            COMMITTED,
            WAITING,
            RETURNED
        }

        Change at(Stage next) {
            return new Change(next, 0);
        }

        boolean isCommitted() {
            return stage.compareTo(Stage.COMMITTED) >= 0;
        }

        boolean hasReturned() {
            return stage == Stage.RETURNED;
        }

        Change tick() {
            return new Change(stage, Math.max(0, ticksToWait - 1));
        }
    }

    /** A row as it was read, and what is left of its lease. */
    record Snapshot(Version version, int lease) {

        static final Snapshot NONE = new Snapshot(Version.NONE, 0);

        boolean isFresh() {
            return lease > 0;
        }

        Snapshot tick() {
            return lease == 0 ? this : new Snapshot(version, lease - 1);
        }

        /** A kept one whose lease is over is as good as none. */
        Snapshot keptTick() {
            return lease <= 1 ? NONE : tick();
        }
    }

    /**
     * What a node has in its cache.
     *
     * @param slips by how many ticks its clock may still fall behind
     */
    record Node(Snapshot kept, int slips, Sleep sleep) {

        enum Sleep {
            NEVER,
            MAY_SLEEP,
            ASLEEP
        }

        Node keeping(Snapshot snapshot) {
            return new Node(snapshot, slips, sleep);
        }

        Node tick() {
            return keeping(kept.keptTick());
        }

        Node slip() {
            return new Node(kept, slips - 1, sleep);
        }

        Node at(Sleep next) {
            return new Node(kept, slips, next);
        }
    }

    /**
     * A message on its way through a node.
     *
     * @param by what it is or will be decided by; the lease of a row that is being asked for runs already
     * @param isOlderThanDrop whether something was dropped since its row was asked for
     * @param isAfterReturn whether it came after the change had returned
     */
    record Message(int node, Kind kind, At at, Snapshot by, boolean isOlderThanDrop, boolean isAfterReturn) {

        enum Kind {
            /** Ends in a transaction of this house, in which its leaf rides. */
            EFFECT,
            /** Leaves the house, after its leaf. */
            EGRESS,
            /** Ends with the decision. */
            DECISION
        }

        enum At {
            EXPECTED,
            ASKING,
            READ,
            COMPARED,
            DECIDED,
            LOOKED_TO_OPEN,
            OPENED,
            LOCK_ASKED,
            LOCKED,
            STANDING,
            LOGGED,
            LOOKED_TO_SEND,
            // ends
            REFUSED,
            LAPSED,
            SUPERSEDED,
            COMMITTED,
            SENT,
            // ends that must not be
            DECIDED_TOO_LATE,
            OPENED_TOO_LATE,
            COMMITTED_TOO_LATE,
            LOGGED_TOO_LATE,
            SENT_TOO_LATE;

            boolean isEnd() {
                return compareTo(REFUSED) >= 0;
            }
        }

        Message at(At next) {
            return new Message(node, kind, next, next.isEnd() ? Snapshot.NONE : by, isOlderThanDrop, isAfterReturn);
        }

        Message by(Snapshot snapshot) {
            return new Message(node, kind, at, snapshot, isOlderThanDrop, isAfterReturn);
        }

        Message arrived(boolean afterReturn) {
            return new Message(node, kind, at, by, false, afterReturn);
        }

        Message dropped() {
            return new Message(node, kind, at, by, at == At.ASKING || at == At.READ, isAfterReturn);
        }

        Message tick() {
            return by(by.tick());
        }

        boolean holdsLock() {
            return at == At.LOCKED || at == At.STANDING;
        }
    }

    LeaseWorld with(Change next) {
        return new LeaseWorld(next, nodes, messages);
    }

    LeaseWorld with(int message, Message next) {
        return new LeaseWorld(change, nodes, Lists.with(messages, message, next));
    }

    LeaseWorld with(int node, Node next) {
        return new LeaseWorld(change, Lists.with(nodes, node, next), messages);
    }

    Version row() {
        return change.isCommitted() ? Version.NEW : Version.OLD;
    }

    boolean isLockShared() {
        return messages.stream().anyMatch(Message::holdsLock);
    }

    boolean has(Message.At end) {
        return messages.stream().anyMatch(message -> message.at() == end);
    }

    boolean isOver() {
        return change.hasReturned()
                && messages.stream().allMatch(message -> message.at().isEnd());
    }

    /** What a node keeps is dropped, and what it has asked for is older than that. */
    LeaseWorld dropped(int node) {
        return with(node, nodes.get(node).keeping(Snapshot.NONE)).messagesOf(node, Message::dropped);
    }

    LeaseWorld messagesOf(int node, UnaryOperator<Message> each) {
        return new LeaseWorld(
                change,
                nodes,
                messages.stream()
                        .map(message -> message.node() == node ? each.apply(message) : message)
                        .toList());
    }
}
