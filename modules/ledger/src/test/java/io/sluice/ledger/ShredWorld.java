package io.sluice.ledger;

import io.sluice.testkit.explore.Lists;
import java.util.List;
import java.util.function.UnaryOperator;

/** A person's key while it is shredded: what nodes keep of it, and messages to be opened by it. Time is what is left of it. */
record ShredWorld(Shredding shredding, List<Node> nodes, List<Message> messages) {

    /** Where the shredding is, and how long it has to wait still. */
    record Shredding(Stage stage, int ticksToWait) {

        enum Stage {
            ASKED,
            COMMITTED,
            WAITING,
            RETURNED
        }

        boolean isCommitted() {
            return stage != Stage.ASKED;
        }

        boolean hasReturned() {
            return stage == Stage.RETURNED;
        }

        Shredding tick() {
            return new Shredding(stage, Math.max(0, ticksToWait - 1));
        }
    }

    /**
     * What a node keeps, and its watch.
     *
     * @param hasKey whether the key is in its cache
     * @param good for how long what it keeps may be used
     * @param hasForgotten whether it was told to forget something
     * @param lease what the answer to the watch's question is good for
     * @param slips by how many ticks its clock may still fall behind
     */
    record Node(boolean hasKey, int good, boolean hasForgotten, Watch watch, int lease, int slips) {

        enum Watch {
            IDLE,
            ASKED,
            NOBODY_SHREDDED,
            SHREDDED,
            HALF_HEARD
        }

        Node key(boolean has) {
            return new Node(has, good, hasForgotten, watch, lease, slips);
        }

        Node at(Watch next) {
            return new Node(hasKey, good, hasForgotten, next, next == Watch.IDLE ? 0 : lease, slips);
        }

        Node asking(int question) {
            return new Node(hasKey, good, hasForgotten, Watch.ASKED, question, slips);
        }

        Node forgetting() {
            return new Node(false, good, true, watch, lease, slips);
        }

        Node goodFor(int ticks) {
            return new Node(hasKey, ticks, hasForgotten, watch, lease, slips);
        }

        Node tick() {
            return new Node(hasKey, Math.max(0, good - 1), hasForgotten, watch, Math.max(0, lease - 1), slips);
        }

        Node slip() {
            return new Node(hasKey, good, hasForgotten, watch, lease, slips - 1);
        }

        boolean canUse() {
            return hasKey && good > 0;
        }
    }

    /**
     * A message that carries something sealed by the key.
     *
     * @param lease for how long it may use the key that it has or asks for
     * @param hadForgotten whether its node had been told to forget something when it asked
     */
    record Message(int node, At at, int lease, boolean hadForgotten, boolean isOnRecord) {

        enum At {
            EXPECTED,
            LOGGING,
            DECIDED,
            LOOKED_FOR_LEASE,
            LOOKED_FOR_KEY,
            ASKING,
            READ,
            KEPT,
            HAS_KEY,
            // ends
            OPENED,
            NOT_OPENED,
            // what must not be
            OPENED_TOO_LATE
        }

        Message at(At next) {
            boolean isEnd = next.compareTo(At.OPENED) >= 0;
            return new Message(node, next, isEnd ? 0 : lease, !isEnd && hadForgotten, isOnRecord);
        }

        Message leased(int ticks) {
            return new Message(node, at, ticks, hadForgotten, isOnRecord);
        }

        Message asking(int ticks, boolean forgotten) {
            return new Message(node, At.ASKING, ticks, forgotten, isOnRecord);
        }

        Message recorded() {
            return new Message(node, at, lease, hadForgotten, true);
        }

        Message tick() {
            return leased(Math.max(0, lease - 1));
        }

        boolean isOver() {
            return at.compareTo(At.OPENED) >= 0;
        }
    }

    ShredWorld with(Shredding next) {
        return new ShredWorld(next, nodes, messages);
    }

    ShredWorld with(int node, Node next) {
        return new ShredWorld(shredding, Lists.with(nodes, node, next), messages);
    }

    ShredWorld with(int message, Message next) {
        return new ShredWorld(shredding, nodes, Lists.with(messages, message, next));
    }

    ShredWorld messagesOf(int node, UnaryOperator<Message> each) {
        return new ShredWorld(
                shredding,
                nodes,
                messages.stream()
                        .map(message -> message.node() == node ? each.apply(message) : message)
                        .toList());
    }

    boolean has(Message.At at) {
        return messages.stream().anyMatch(message -> message.at() == at);
    }

    boolean isOver() {
        return shredding.hasReturned() && messages.stream().allMatch(Message::isOver);
    }
}
