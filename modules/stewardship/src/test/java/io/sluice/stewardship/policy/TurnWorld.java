package io.sluice.stewardship.policy;

import io.sluice.testkit.explore.Lists;
import java.util.List;

/**
 * The moment at which one version of the law follows another, as the database's clock shows it and as nodes make it out. Time is
 * what is left until the moment; past it, it is negative. What is far enough off to make no more difference is not told apart.
 *
 * @param left until the moment, by the database's clock
 * @param isNoted whether it is on record that the moment has come
 */
record TurnWorld(int left, boolean isNoted, Clock clock, List<Node> nodes) {

    /** The database's clock. It is set back, if ever, after the moment has come. */
    enum Clock {
        STEADY,
        MAY_BE_SET_BACK,
        SET_BACK
    }

    static final int FAR = 5;

    /** What may be given to somebody, as bits; each version gives something that the other does not. */
    static final int NOTHING = 0;

    static final int OLD = 0b011;
    static final int BOTH = 0b010;
    static final int NEW = 0b110;

    /**
     * A node, and the message that it decides about, again and again.
     *
     * @param earliest until the moment may have come, by its monotonic clock and the reading that it goes by
     * @param latest until it has come for certain
     * @param reached the latest that it has ever given: nothing yet, a moment that may have come, one that has
     * @param slack by how many ticks its clock may still fall behind or run ahead
     * @param slept by how many ticks its monotonic clock is behind for having slept
     */
    record Node(int earliest, int latest, Reached reached, int slack, int slept, Reading reading, Message message) {

        enum Reached {
            NOT_YET,
            MAYBE,
            CERTAINLY
        }

        Node counting(int ticks) {
            return new Node(
                    near(earliest - ticks), near(latest - ticks), reached, slack, slept, reading.aged(ticks), message);
        }

        Node withSlack(int rest) {
            return new Node(earliest, latest, reached, rest, slept, reading, message);
        }

        Node slept(int ticks) {
            return new Node(earliest, latest, reached, slack, ticks, reading.acrossASleep(), message);
        }

        Node reading(Reading next) {
            return new Node(earliest, latest, reached, slack, slept, next, message);
        }

        Node goingBy(int soonest, int last) {
            return new Node(near(soonest), near(last), reached, slack, 0, reading, message);
        }

        Node reached(Reached next) {
            return new Node(
                    earliest, latest, next.compareTo(reached) > 0 ? next : reached, slack, slept, reading, message);
        }

        Node message(Message next) {
            return new Node(earliest, latest, reached, slack, slept, reading, next);
        }
    }

    /**
     * A question to the database.
     *
     * @param age how long ago it was sent
     * @param left what the database's clock showed, once it has
     * @param sawNote whether it was on record by then that the moment has come
     * @param slept whether the machine slept since it was sent
     */
    record Reading(Stage stage, int age, int left, boolean sawNote, boolean slept) {

        static final Reading NONE = new Reading(Stage.NONE, 0, 0, false, false);
        static final Reading SENT = new Reading(Stage.SENT, 0, 0, false, false);

        private static final int OLDEST = 2;

        enum Stage {
            NONE,
            SENT,
            READ,
            HALF_HEARD
        }

        Reading read(int shown, boolean note) {
            return new Reading(Stage.READ, age, shown, note, slept);
        }

        Reading halfHeard() {
            return new Reading(Stage.HALF_HEARD, 0, 0, sawNote, false);
        }

        /** One that takes too long is not waited for. */
        Reading aged(int ticks) {
            if (stage == Stage.NONE || stage == Stage.HALF_HEARD) {
                return this;
            }
            return age + ticks > OLDEST ? NONE : new Reading(stage, age + ticks, left, sawNote, slept);
        }

        Reading acrossASleep() {
            return stage == Stage.NONE || stage == Stage.HALF_HEARD
                    ? this
                    : new Reading(stage, age, left, sawNote, true);
        }
    }

    /**
     * What the message was given, and whether that was wider than the law or from before what this node has given already.
     *
     * @param law the version asked for when it came, where that is what is gone by
     */
    record Message(At at, int law) {

        static final Message NONE = new Message(At.NONE, NOTHING);

        enum At {
            NONE,
            WAITING,
            WIDER,
            WENT_BACK
        }
    }

    static int near(int time) {
        return Math.max(-FAR, Math.min(FAR, time));
    }

    /** What the law gives at this moment. */
    int law() {
        return left <= 0 || isNoted ? NEW : OLD;
    }

    TurnWorld left(int next) {
        return new TurnWorld(near(next), isNoted, clock, nodes);
    }

    TurnWorld setBack(int next) {
        return new TurnWorld(near(next), isNoted, Clock.SET_BACK, nodes);
    }

    TurnWorld noted() {
        return new TurnWorld(left, true, clock, nodes);
    }

    TurnWorld with(int node, Node next) {
        return new TurnWorld(left, isNoted, clock, Lists.with(nodes, node, next));
    }

    boolean has(Message.At at) {
        return nodes.stream().anyMatch(node -> node.message().at() == at);
    }
}
