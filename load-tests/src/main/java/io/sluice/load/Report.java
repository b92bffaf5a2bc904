package io.sluice.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What a run has found.
 *
 * @param findings what does not add up
 * @param resident memory of the node after the last round, MiB
 */
record Report(List<Round> rounds, OrderWidths widths, List<String> findings, long resident, Optional<Profile> profile)
        implements BenchRun.Findings {

    private static final double P1_LEAST = 1.0;

    Report {
        rounds = List.copyOf(rounds);
        findings = List.copyOf(findings);
    }

    /** Nothing is wrong, no round is void, and bare SQL took no more orders than we did. */
    @Override
    public boolean isGood() {
        return findings.isEmpty()
                && rounds.stream().allMatch(round -> round.ours().others() == 0)
                && p1().median() >= P1_LEAST;
    }

    private Series p1() {
        return ours().over(series(Round::single));
    }

    private Series ours() {
        return series(round -> round.ours().perSecond());
    }

    private Series series(ToDoubleFunction<Round> of) {
        return new Series(rounds.stream().map(of::applyAsDouble).toList());
    }

    @Override
    public List<String> lines(BenchSettings settings) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("store       " + RoundLines.store(settings));
        lines.add("row widths  " + widths + (settings.node().isEmpty() ? "" : "; node with " + settings.node()));
        for (int i = 0; i < rounds.size(); i++) {
            lines.add("");
            lines.addAll(round(i + 1, rounds.get(i), settings.seconds()));
        }
        lines.add("");
        lines.add("orders per second, median (least to greatest) of " + rounds.size() + " rounds");
        lines.add("  Sluice over HTTP                        " + ours().text(0));
        lines.add("  pgbench, one order a transaction        "
                + series(Round::single).text(0));
        lines.add("  pgbench, the same in one round trip     "
                + series(Round::pipelined).text(0));
        lines.add("  pgbench, batches of " + String.format(Locale.ROOT, "%-20s", settings.batch())
                + series(Round::batched).text(0));
        lines.add("P1  ours / pgbench                        " + p1().text(2));
        lines.add("    ours / pgbench in one round trip      "
                + ours().over(series(Round::pipelined)).text(2));
        lines.add("P2  ours / pgbench with our batches       "
                + ours().over(series(Round::batched)).text(2));
        lines.add("node's resident memory at the end: " + resident + " MiB");
        if (profile.isPresent()) {
            lines.add("");
            lines.addAll(profile.get().summary());
        }
        lines.add("");
        lines.addAll(verdict());
        return lines;
    }

    private static List<String> round(int number, Round round, int seconds) {
        Turn ours = round.ours();
        List<String> lines = new ArrayList<>();
        lines.add("round " + number + ": " + round);
        lines.add("  latency, closed loop: " + ours.latencies());
        lines.add("  processor time in our " + seconds + " s: " + ours.cpu());
        lines.add("  " + RoundLines.steps(ours));
        lines.add("  processor time around pgbench's turn: " + round.beside());
        lines.addAll(RoundLines.caution(round.others()));
        lines.addAll(RoundLines.isVoid(ours));
        return lines;
    }

    private List<String> verdict() {
        List<String> lines = RoundLines.checks(
                findings,
                "all checks hold: every order answered 201 is there once, stock is what the lines say, none oversold");
        if (p1().median() < P1_LEAST) {
            lines.add("bare SQL took more orders than Sluice");
        }
        return lines;
    }
}
