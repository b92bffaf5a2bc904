package io.sluice.stewardship.consent;

import io.sluice.stewardship.consent.LeaseWorld.Message;
import io.sluice.stewardship.consent.LeaseWorld.Node;
import io.sluice.testkit.explore.Step;
import java.util.ArrayList;
import java.util.List;

/** How time passes on the nodes of {@link LeaseRaces}: alike, but for clocks that fall behind and machines that sleep. */
final class LeaseClocks {

    private LeaseClocks() {}

    /** A tick passes everywhere, but for a clock that falls behind once, and one that stands still in its machine's sleep. */
    static List<Step<LeaseWorld>> pass(LeaseWorld world) {
        List<Step<LeaseWorld>> steps = new ArrayList<>();
        int all = world.nodes().size();
        for (int behind = 0; behind < 1 << all; behind++) {
            LeaseWorld next = world.with(world.change().tick());
            for (int node = 0; node < all; node++) {
                next = passed(next, node, (behind >> node & 1) == 1);
            }
            if (!next.equals(world)) {
                steps.add(new Step<>(behind == 0 ? "passes" : "passes, and a clock falls behind", next));
            }
        }
        for (int node = 0; node < all; node++) {
            Node.Sleep sleep = world.nodes().get(node).sleep();
            if (sleep == Node.Sleep.MAY_SLEEP) {
                steps.add(new Step<>("sees a machine fall asleep", asleep(world, node)));
            } else if (sleep == Node.Sleep.ASLEEP) {
                steps.add(new Step<>("sees a machine awake", awake(world, node)));
            }
        }
        return steps;
    }

    private static LeaseWorld passed(LeaseWorld world, int number, boolean isBehind) {
        Node node = world.nodes().get(number);
        if (node.sleep() == Node.Sleep.ASLEEP) {
            return world;
        }
        if (isBehind && node.slips() > 0) {
            return world.with(number, node.slip());
        }
        return world.with(number, node.tick()).messagesOf(number, Message::tick);
    }

    private static LeaseWorld asleep(LeaseWorld world, int number) {
        return world.with(number, world.nodes().get(number).at(Node.Sleep.ASLEEP));
    }

    /** {@code ClockAgreement} sees that the clocks went apart, when next a snapshot is asked for: then nothing is kept. */
    private static LeaseWorld awake(LeaseWorld world, int number) {
        return world.with(number, world.nodes().get(number).at(Node.Sleep.NEVER))
                .dropped(number);
    }
}
