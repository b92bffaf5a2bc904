package io.sluice.stewardship.policy;

import io.sluice.stewardship.policy.TurnWorld.Clock;
import io.sluice.stewardship.policy.TurnWorld.Message;
import io.sluice.stewardship.policy.TurnWorld.Node;
import io.sluice.stewardship.policy.TurnWorld.Node.Reached;
import io.sluice.stewardship.policy.TurnWorld.Reading;
import io.sluice.testkit.explore.Explorer;
import io.sluice.testkit.explore.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The switch from one version of the law to the next by the database's clock, as a model. A node reads that clock again and
 * again, in a time that it knows only the bounds of, counts on by its monotonic clock, which may fall behind or run ahead a
 * little, or stand still while its machine sleeps; messages are decided at any moment.
 *
 * <p>Step for step: {@code LawVerticle.look} with {@code LawArchive.state} for a question to the database;
 * {@code ClockReading.earliest} and {@code latest}; {@code Timetable.law}, {@code certain}, {@code possible} and
 * {@code byWallClock}; {@code LawSwitch.turned} and {@code hasTakenEffect}; {@code Gate.decided}.
 *
 * <p>Left out: that a node may not have heard of the later version, which is for how long ago it has looked and how long before
 * the moment a version is stored ({@code Timetable.KNOWN_FOR}, {@code LawArchive.NOTICE}); which of two readings is the better one (any is gone by, or not); a wall clock that is set, or far off, which
 * makes a node refuse more; more than two versions, and what two versions have in common field by field.
 * What other nodes note is noted by nobody in particular.
 */
final class TurnRaces {

    private static final int AT_FIRST = 3;
    private static final int MARGIN = 1;
    private static final int SET_BACK_BY = 2;
    private static final int LONGEST_SLEEP = 3;

    private final Set<TurnRule> rules;

    TurnRaces(Set<TurnRule> rules) {
        this.rules = rules;
    }

    /** A node that goes by its first reading for ever, and one that reads again, whose clock may slip once, to either side. */
    Explorer<TurnWorld> onTwoNodes() {
        return of(2, false, Clock.STEADY, MARGIN);
    }

    /** A node whose machine may sleep. */
    Explorer<TurnWorld> withSleep() {
        return of(1, true, Clock.STEADY, 0);
    }

    /** A node, and a database whose clock is set back. */
    Explorer<TurnWorld> withClockSetBack() {
        return of(1, false, Clock.MAY_BE_SET_BACK, 0);
    }

    private Explorer<TurnWorld> of(int count, boolean mayFallAsleep, Clock clock, int slack) {
        boolean isRead = has(TurnRule.THE_DATABASES_CLOCK);
        int margin = margin();
        Node node = new Node(
                isRead ? AT_FIRST - margin : AT_FIRST + MARGIN,
                isRead ? AT_FIRST + margin : AT_FIRST + MARGIN,
                Reached.NOT_YET,
                0,
                0,
                Reading.NONE,
                Message.NONE);
        List<Node> nodes = new ArrayList<>(Collections.nCopies(count, node));
        nodes.set(count - 1, node.withSlack(slack));
        Explorer<TurnWorld> explorer = Explorer.from(new TurnWorld(AT_FIRST, false, clock, List.copyOf(nodes)))
                .actor("time", world -> time(world, mayFallAsleep))
                .actor("the database", this::database);
        for (int i = 0; i < count; i++) {
            int number = i;
            explorer = explorer.actor("node " + i, world -> node(world, number));
        }
        return explorer;
    }

    private boolean has(TurnRule rule) {
        return rules.contains(rule);
    }

    private int margin() {
        return has(TurnRule.CLOCKS_RUN_APART) ? MARGIN : 0;
    }

    private static Step<TurnWorld> step(String name, TurnWorld after) {
        return new Step<>(name, after);
    }

    private static List<Step<TurnWorld>> time(TurnWorld world, boolean mayFallAsleep) {
        List<Step<TurnWorld>> steps = new ArrayList<>();
        passing(world.left(world.left() - 1), 0, "passes", mayFallAsleep, steps);
        steps.removeIf(step -> step.after().equals(world));
        return steps;
    }

    /** Every way in which the clocks of this node and the following ones may count this tick. */
    private static void passing(
            TurnWorld world, int number, String name, boolean mayFallAsleep, List<Step<TurnWorld>> steps) {
        if (number == world.nodes().size()) {
            steps.add(step(name, world));
            return;
        }
        Node node = world.nodes().get(number);
        passing(world.with(number, node.counting(1)), number + 1, name, mayFallAsleep, steps);
        if (node.slack() > 0) {
            Node strained = node.withSlack(node.slack() - 1);
            passing(world.with(number, strained), number + 1, "passes, and a clock falls behind", mayFallAsleep, steps);
            passing(
                    world.with(number, strained.counting(2)),
                    number + 1,
                    "passes, and a clock runs ahead",
                    mayFallAsleep,
                    steps);
        }
        if (mayFallAsleep && node.slept() < LONGEST_SLEEP) {
            passing(
                    world.with(number, node.slept(node.slept() + 1)),
                    number + 1,
                    "passes, and a machine sleeps",
                    mayFallAsleep,
                    steps);
        }
    }

    private List<Step<TurnWorld>> database(TurnWorld world) {
        List<Step<TurnWorld>> steps = new ArrayList<>();
        if (world.left() <= 0 && !world.isNoted()) {
            steps.add(step("has it noted that the moment has come", world.noted()));
        }
        if (world.clock() == Clock.MAY_BE_SET_BACK && world.left() <= 0) {
            steps.add(step("has its clock set back", world.setBack(world.left() + SET_BACK_BY)));
        }
        return steps;
    }

    private List<Step<TurnWorld>> node(TurnWorld world, int number) {
        Node node = world.nodes().get(number);
        List<Step<TurnWorld>> steps = new ArrayList<>();
        boolean isReader = number == world.nodes().size() - 1;
        if (isReader && has(TurnRule.THE_DATABASES_CLOCK)) {
            reading(world, number, node, steps);
        }
        switch (node.message().at()) {
            case NONE -> {
                int given = given(node);
                steps.add(
                        has(TurnRule.ASKED_AT_THE_DECISION)
                                ? step("decides", decided(world, number, given))
                                : step(
                                        "gets a message, and asks for the law",
                                        world.with(number, node.message(new Message(Message.At.WAITING, given)))));
            }
            case WAITING ->
                steps.add(step("decides", decided(world, number, node.message().law())));
            case WIDER, WENT_BACK -> {}
        }
        return steps;
    }

    private void reading(TurnWorld world, int number, Node node, List<Step<TurnWorld>> steps) {
        Reading reading = node.reading();
        switch (reading.stage()) {
            case NONE -> steps.add(step("asks for the time", world.with(number, node.reading(Reading.SENT))));
            case SENT ->
                steps.add(step(
                        "has the clock read",
                        world.with(
                                number,
                                node.reading(reading.read(
                                        world.left(), world.isNoted() && has(TurnRule.TURNS_ARE_NOTED))))));
            case READ -> {
                steps.add(step("goes by what it went by before", world.with(number, heard(node))));
                if (!reading.slept() || !has(TurnRule.NO_READING_ACROSS_A_SLEEP)) {
                    int age = has(TurnRule.BETWEEN_QUESTION_AND_ANSWER) ? reading.age() : 0;
                    Node read = node.goingBy(reading.left() - age - margin(), reading.left() + margin());
                    steps.add(step(
                            "goes by what was read",
                            world.with(
                                    number,
                                    has(TurnRule.NOTES_ARE_HEEDED_FIRST)
                                            ? heard(read)
                                            : read.reading(reading.halfHeard()))));
                }
            }
            case HALF_HEARD -> steps.add(step("heeds what was noted", world.with(number, heard(node))));
        }
    }

    private static Node heard(Node node) {
        Node heard = node.reading(Reading.NONE);
        return node.reading().sawNote() ? heard.reached(Reached.CERTAINLY) : heard;
    }

    private Reached moment(Node node) {
        Reached kept = has(TurnRule.WHAT_HAS_TURNED_STAYS) ? node.reached() : Reached.NOT_YET;
        if (node.latest() <= 0 || kept == Reached.CERTAINLY) {
            return Reached.CERTAINLY;
        }
        return node.earliest() <= 0 || kept == Reached.MAYBE ? Reached.MAYBE : Reached.NOT_YET;
    }

    private int given(Node node) {
        int middle = Math.floorDiv(node.earliest() + node.latest(), 2);
        boolean wallHasTurned = node.slept() > 0 && middle - node.slept() <= MARGIN;
        if (!has(TurnRule.BOTH_WHILE_UNCERTAIN)) {
            return middle <= 0 ? TurnWorld.NEW : TurnWorld.OLD;
        }
        return switch (moment(node)) {
            case CERTAINLY -> TurnWorld.NEW;
            case MAYBE -> TurnWorld.BOTH;
            case NOT_YET ->
                wallHasTurned && has(TurnRule.THE_WALL_CLOCK_TELLS_OF_SLEEP) ? TurnWorld.NOTHING : TurnWorld.OLD;
        };
    }

    private TurnWorld decided(TurnWorld world, int number, int given) {
        Node node = world.nodes().get(number);
        boolean wentBack = given == TurnWorld.OLD && node.reached() != Reached.NOT_YET;
        // the moment had come, though the clock that showed it has been set back since, and nobody had noted it
        boolean isExcused = world.clock() == Clock.SET_BACK && given == TurnWorld.NEW;
        boolean isWider = !isExcused && (given & ~world.law()) != TurnWorld.NOTHING;
        Message next = new Message(
                wentBack ? Message.At.WENT_BACK : isWider ? Message.At.WIDER : Message.At.NONE, TurnWorld.NOTHING);
        return world.with(number, node.reached(reached(given)).message(next));
    }

    private static Reached reached(int given) {
        return switch (given) {
            case TurnWorld.NEW -> Reached.CERTAINLY;
            case TurnWorld.BOTH -> Reached.MAYBE;
            default -> Reached.NOT_YET;
        };
    }
}
