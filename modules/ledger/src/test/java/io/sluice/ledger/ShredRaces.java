package io.sluice.ledger;

import io.sluice.ledger.ShredWorld.Message;
import io.sluice.ledger.ShredWorld.Message.At;
import io.sluice.ledger.ShredWorld.Node;
import io.sluice.ledger.ShredWorld.Node.Watch;
import io.sluice.ledger.ShredWorld.Shredding;
import io.sluice.testkit.explore.Explorer;
import io.sluice.testkit.explore.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A key that is shredded while messages are to be opened by it, as a model. Permits are left aside: that none is granted after
 * an erasure is the lease's part, and what is shown here holds even for a permit that is good still.
 *
 * <p>Step for step: the shredding is {@code SubjectKeys.shred} on node 0. Every node has a {@code ShredWatch} that asks, hears,
 * forgets and extends. A message is {@code Gate.decided} with its leaf's own transaction before ({@code PostgresLedger.append}),
 * then {@code SubjectKeys.of}, {@code load} and {@code keep}, and {@code Vault.open} with its look at the key's lease. Watch and
 * messages run on threads of their own.
 *
 * <p>Left out: the loss of a leaf's transaction, which {@link LeafRaces} has: a leaf of which nobody knows is no leaf here;
 * epochs, holds, and what is sealed rather than opened, which goes by the same key in the same way.
 */
final class ShredRaces {

    static final int LEASE = 2;
    static final int DRIFT = 1;

    private final Set<ShredRule> rules;

    ShredRaces(Set<ShredRule> rules) {
        this.rules = rules;
    }

    /** Two nodes that have the key, and a message on the one that does not shred it; the other one drops it and asks no more. */
    Explorer<ShredWorld> onTwoNodes() {
        return of(2, new Message(1, At.EXPECTED, 0, false, false));
    }

    /** The node that shreds the key, and two messages there whose leaves are durable already. */
    Explorer<ShredWorld> onOneNode() {
        Message logged = new Message(0, At.DECIDED, 0, false, true);
        return of(1, logged, logged);
    }

    /** Every node has just heard that nobody was shredded. */
    private Explorer<ShredWorld> of(int count, Message... sent) {
        List<Node> nodes = Collections.nCopies(count, new Node(true, LEASE, false, Watch.IDLE, 0, DRIFT));
        List<Message> messages = List.of(sent);
        ShredWorld start = new ShredWorld(new Shredding(Shredding.Stage.ASKED, 0), nodes, messages);
        Explorer<ShredWorld> explorer =
                Explorer.from(start).actor("the shredding", this::shredding).actor("time", ShredRaces::time);
        int busy = count - 1;
        explorer = explorer.actor("the watch of node " + busy, world -> watch(world, busy));
        for (int i = 0; i < messages.size(); i++) {
            int number = i;
            explorer = explorer.actor("message " + i, world -> message(world, number));
        }
        return explorer.mayEnd(ShredWorld::isOver);
    }

    private boolean has(ShredRule rule) {
        return rules.contains(rule);
    }

    private static Step<ShredWorld> step(String name, ShredWorld after) {
        return new Step<>(name, after);
    }

    private List<Step<ShredWorld>> shredding(ShredWorld world) {
        Shredding shredding = world.shredding();
        return switch (shredding.stage()) {
            case ASKED -> List.of(step("is committed", world.with(new Shredding(Shredding.Stage.COMMITTED, 0))));
            case COMMITTED -> {
                int wait = (has(ShredRule.WAIT_FOR_LEASE) ? LEASE : 0) + (has(ShredRule.WAIT_FOR_DRIFT) ? DRIFT : 0);
                yield List.of(step(
                        "is known to be committed, and its node drops the key",
                        world.with(0, world.nodes().getFirst().key(false))
                                .with(new Shredding(Shredding.Stage.WAITING, wait))));
            }
            case WAITING ->
                shredding.ticksToWait() > 0
                        ? List.of()
                        : List.of(step("returns", world.with(new Shredding(Shredding.Stage.RETURNED, 0))));
            case RETURNED -> List.of();
        };
    }

    private static List<Step<ShredWorld>> time(ShredWorld world) {
        List<Step<ShredWorld>> steps = new ArrayList<>();
        int all = world.nodes().size();
        for (int behind = 0; behind < 1 << all; behind++) {
            ShredWorld next = world.with(world.shredding().tick());
            for (int number = 0; number < all; number++) {
                Node node = world.nodes().get(number);
                boolean slips = (behind >> number & 1) == 1 && node.slips() > 0;
                next = slips
                        ? next.with(number, node.slip())
                        : next.with(number, node.tick()).messagesOf(number, Message::tick);
            }
            if (!next.equals(world)) {
                steps.add(step(behind == 0 ? "passes" : "passes, and a clock falls behind", next));
            }
        }
        return steps;
    }

    private List<Step<ShredWorld>> watch(ShredWorld world, int number) {
        Node node = world.nodes().get(number);
        return switch (node.watch()) {
            case IDLE ->
                // not twice within a tick: that would tell nothing new
                node.good() < LEASE
                        ? List.of(step("asks who was shredded", world.with(number, node.asking(LEASE))))
                        : List.of();
            case ASKED -> {
                boolean isNews = world.shredding().isCommitted() && !node.hasForgotten();
                yield List.of(step(
                        "has its question read",
                        world.with(number, node.at(isNews ? Watch.SHREDDED : Watch.NOBODY_SHREDDED))));
            }
            case NOBODY_SHREDDED ->
                List.of(step(
                        "hears of nobody, and extends the lease",
                        world.with(number, extended(node).at(Watch.IDLE))));
            case SHREDDED ->
                has(ShredRule.FORGOTTEN_BEFORE_EXTENDED)
                        ? List.of(step(
                                "forgets the key",
                                world.with(number, node.forgetting().at(Watch.HALF_HEARD))))
                        : List.of(step(
                                "extends the lease",
                                world.with(number, extended(node).at(Watch.HALF_HEARD))));
            case HALF_HEARD ->
                has(ShredRule.FORGOTTEN_BEFORE_EXTENDED)
                        ? List.of(step(
                                "extends the lease",
                                world.with(number, extended(node).at(Watch.IDLE))))
                        : List.of(step(
                                "forgets the key",
                                world.with(number, node.forgetting().at(Watch.IDLE))));
        };
    }

    private Node extended(Node node) {
        return node.goodFor(has(ShredRule.LEASE_FROM_QUESTION) ? node.lease() : LEASE);
    }

    private List<Step<ShredWorld>> message(ShredWorld world, int number) {
        Message message = world.messages().get(number);
        Node node = world.nodes().get(message.node());
        return switch (message.at()) {
            case EXPECTED ->
                has(ShredRule.LEAF_BEFORE_OPENING)
                        ? List.of(step("is decided, and its leaf appended", world.with(number, message.at(At.LOGGING))))
                        : List.of(step("is decided", world.with(number, message.at(At.DECIDED))));
            case LOGGING ->
                List.of(
                        step(
                                "hears that its leaf is durable",
                                world.with(number, message.recorded().at(At.DECIDED))),
                        step("does not hear of its leaf", world.with(number, message.at(At.NOT_OPENED))));
            case DECIDED ->
                has(ShredRule.LEASE_BEFORE_KEY)
                        ? List.of(step(
                                "asks how long keys may be used",
                                world.with(number, message.leased(node.good()).at(At.LOOKED_FOR_LEASE))))
                        : List.of(
                                node.hasKey()
                                        ? step("finds the key", world.with(number, message.at(At.LOOKED_FOR_KEY)))
                                        : asks(world, number));
            case LOOKED_FOR_LEASE ->
                List.of(
                        node.hasKey() && message.lease() > 0
                                ? step("finds the key", world.with(number, message.at(At.HAS_KEY)))
                                : asks(world, number));
            case LOOKED_FOR_KEY ->
                List.of(
                        node.good() > 0
                                ? step(
                                        "asks how long keys may be used",
                                        world.with(
                                                number,
                                                message.leased(node.good()).at(At.HAS_KEY)))
                                : asks(world, number));
            case ASKING ->
                List.of(
                        world.shredding().isCommitted()
                                ? step("finds the key shredded", world.with(number, message.at(At.NOT_OPENED)))
                                : step("has the wrapped key read", world.with(number, message.at(At.READ))));
            case READ -> List.of(keeps(world, number));
            case KEPT -> List.of(compares(world, number));
            case HAS_KEY -> List.of(opens(world, number));
            case OPENED, NOT_OPENED, OPENED_TOO_LATE -> List.of();
        };
    }

    private static Step<ShredWorld> asks(ShredWorld world, int number) {
        Message message = world.messages().get(number);
        boolean forgotten = world.nodes().get(message.node()).hasForgotten();
        return step("asks for the key", world.with(number, message.asking(LEASE, forgotten)));
    }

    private Step<ShredWorld> keeps(ShredWorld world, int number) {
        Message message = world.messages().get(number);
        Node node = world.nodes().get(message.node());
        if (!has(ShredRule.KEPT_AND_COMPARED_AT_ONCE)) {
            return step(
                    "keeps the key", world.with(message.node(), node.key(true)).with(number, message.at(At.KEPT)));
        }
        boolean isKept = !has(ShredRule.KEPT_UNLESS_FORGOTTEN) || message.hadForgotten() == node.hasForgotten();
        return step(
                isKept ? "keeps the key" : "does not keep the key, as something was forgotten since",
                world.with(message.node(), isKept ? node.key(true) : node).with(number, message.at(At.HAS_KEY)));
    }

    private Step<ShredWorld> compares(ShredWorld world, int number) {
        Message message = world.messages().get(number);
        Node node = world.nodes().get(message.node());
        boolean isForgotten = has(ShredRule.KEPT_UNLESS_FORGOTTEN) && message.hadForgotten() != node.hasForgotten();
        return step(
                isForgotten
                        ? "drops the key, as something was forgotten since"
                        : "sees that nothing was forgotten since",
                world.with(message.node(), isForgotten ? node.key(false) : node).with(number, message.at(At.HAS_KEY)));
    }

    private Step<ShredWorld> opens(ShredWorld world, int number) {
        Message message = world.messages().get(number);
        if (has(ShredRule.LOOK_AT_OPENING) && message.lease() == 0) {
            return step("looks at the key's lease, which is over", world.with(number, message.at(At.NOT_OPENED)));
        }
        At next = world.shredding().hasReturned() ? At.OPENED_TOO_LATE : At.OPENED;
        return step("looks at the key's lease and is opened", world.with(number, message.at(next)));
    }
}
