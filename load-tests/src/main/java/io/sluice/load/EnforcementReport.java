package io.sluice.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What enforcement costs (P4).
 *
 * @param findings what does not add up
 * @param enforcedProfile of the product's node, if recordings were wanted
 * @param openProfile of the other one
 */
record EnforcementReport(
        List<EnforcementRound> rounds,
        List<String> findings,
        Optional<Profile> enforcedProfile,
        Optional<Profile> openProfile)
        implements BenchRun.Findings {

    /** The product takes at least so many of the orders that the same node takes behind an open gate. */
    private static final double P4_LEAST = 0.95;

    EnforcementReport {
        rounds = List.copyOf(rounds);
        findings = List.copyOf(findings);
    }

    /** Nothing is wrong, no round is void, and the goal was reached. */
    @Override
    public boolean isGood() {
        return findings.isEmpty()
                && rounds.stream()
                        .allMatch(round ->
                                round.enforced().others() == 0 && round.open().others() == 0)
                && p4().median() >= P4_LEAST;
    }

    private Series p4() {
        return enforced(Turn::perSecond).over(open(Turn::perSecond));
    }

    private Series enforced(ToDoubleFunction<Turn> of) {
        return new Series(
                rounds.stream().map(round -> of.applyAsDouble(round.enforced())).toList());
    }

    private Series open(ToDoubleFunction<Turn> of) {
        return new Series(
                rounds.stream().map(round -> of.applyAsDouble(round.open())).toList());
    }

    @Override
    public List<String> lines(BenchSettings settings) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("stores      one each: " + RoundLines.store(settings));
        if (!settings.node().isEmpty()) {
            lines.add("nodes       both with " + settings.node());
        }
        for (int i = 0; i < rounds.size(); i++) {
            lines.add("");
            lines.addAll(round(i + 1, rounds.get(i), settings.seconds()));
        }
        lines.add("");
        lines.addAll(medians(settings.seconds()));
        lines.addAll(profile("with enforcement", enforcedProfile));
        lines.addAll(profile("behind an open gate", openProfile));
        lines.add("");
        lines.addAll(verdict());
        return lines;
    }

    private static List<String> round(int number, EnforcementRound round, int seconds) {
        List<String> lines = new ArrayList<>();
        lines.add("round " + number + ": " + round);
        lines.addAll(turn("enforced", round.enforced(), seconds));
        lines.addAll(turn("open", round.open(), seconds));
        lines.addAll(RoundLines.caution(round.others()));
        return lines;
    }

    private static List<String> turn(String whose, Turn turn, int seconds) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "  %-9s latency, closed loop: %s", whose, turn.latencies()));
        lines.add(String.format(Locale.ROOT, "  %-9s processor time in %d s: %s", "", seconds, turn.cpu()));
        lines.add(String.format(Locale.ROOT, "  %-9s %s", "", RoundLines.steps(turn)));
        lines.addAll(RoundLines.isVoid(turn));
        return lines;
    }

    private List<String> medians(int seconds) {
        Series enforced = enforced(turn -> micros(turn.cpu().node(), turn, seconds));
        Series open = open(turn -> micros(turn.cpu().node(), turn, seconds));
        Series enforcedServer = enforced(turn -> micros(turn.cpu().postgres(), turn, seconds));
        Series openServer = open(turn -> micros(turn.cpu().postgres(), turn, seconds));
        return List.of(
                "median (least to greatest) of " + rounds.size() + " rounds",
                "  orders per second, enforced            "
                        + enforced(Turn::perSecond).text(0),
                "  orders per second, open                "
                        + open(Turn::perSecond).text(0),
                "  node's processor time, us an order     " + enforced.text(0) + " beside " + open.text(0),
                "  server's processor time, us an order   " + enforcedServer.text(0) + " beside " + openServer.text(0),
                "P4  enforced / open                      " + p4().text(3) + ", goal " + P4_LEAST);
    }

    private static double micros(double processorSeconds, Turn turn, int seconds) {
        return 1e6 * processorSeconds / (turn.perSecond() * seconds);
    }

    private static List<String> profile(String whose, Optional<Profile> profile) throws IOException {
        List<String> lines = new ArrayList<>();
        if (profile.isPresent()) {
            lines.add("");
            lines.add("the node " + whose + ":");
            lines.addAll(profile.get().summary());
        }
        return lines;
    }

    private List<String> verdict() {
        List<String> lines = RoundLines.checks(
                findings,
                "all checks hold: every order answered 201 is there once and stock is what the lines say, on both;"
                        + " each has its leaf on the node that enforces, and the other has written none");
        if (p4().median() < P4_LEAST) {
            lines.add("MISSED: enforcement costs more of the orders than it may");
        }
        return lines;
    }
}
