package io.sluice.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How long partners wait for the answer to a callback while the workers are saturated.
 *
 * @param perSecond callbacks a second
 * @param findings what does not add up
 */
record WebhookReport(int perSecond, List<WebhookRound> rounds, List<String> findings) implements BenchRun.Findings {

    /** Partners hang up after a few seconds; ours are to have their answer long before. */
    private static final double P99_MOST_MILLIS = 1_000;

    WebhookReport {
        rounds = List.copyOf(rounds);
        findings = List.copyOf(findings);
    }

    /** Nothing is wrong, no round is void, and the goal was reached. */
    @Override
    public boolean isGood() {
        return findings.isEmpty()
                && rounds.stream().noneMatch(WebhookReport::isVoid)
                && busy(Latencies::p99).median() < P99_MOST_MILLIS;
    }

    private static boolean isVoid(WebhookRound round) {
        return round.idle().others() > 0
                || round.busy().others() > 0
                || round.orders().others() > 0;
    }

    private Series idle(ToDoubleFunction<Latencies> of) {
        return series(round -> of.applyAsDouble(round.idle().latencies()));
    }

    private Series busy(ToDoubleFunction<Latencies> of) {
        return series(round -> of.applyAsDouble(round.busy().latencies()));
    }

    private Series series(ToDoubleFunction<WebhookRound> of) {
        return new Series(rounds.stream().map(of::applyAsDouble).toList());
    }

    @Override
    public List<String> lines(BenchSettings settings) {
        List<String> lines = new ArrayList<>();
        lines.add("store       " + RoundLines.store(settings));
        lines.add("callbacks   " + perSecond
                + " a second, genuine, of the sandbox's provider, beside its own; open model, from the instant meant");
        if (!settings.node().isEmpty()) {
            lines.add("node        with " + settings.node());
        }
        for (int i = 0; i < rounds.size(); i++) {
            lines.add("");
            lines.addAll(round(i + 1, rounds.get(i), settings.seconds()));
        }
        lines.add("");
        lines.add("callbacks' latency in ms, median (least to greatest) of " + rounds.size() + " rounds");
        lines.add("       at rest                 saturated               saturated / at rest");
        lines.add(line("p50", Latencies::p50));
        lines.add(line("p99", Latencies::p99));
        lines.add(line("max", Latencies::max));
        lines.add("orders per second meanwhile: "
                + series(round -> round.orders().perSecond()).text(0) + "; steps due when it began: "
                + series(WebhookRound::due).text(0));
        lines.add("");
        lines.addAll(verdict());
        return lines;
    }

    private String line(String name, ToDoubleFunction<Latencies> of) {
        return String.format(
                Locale.ROOT,
                "  %s  %-22s  %-22s  %s",
                name,
                idle(of).text(1),
                busy(of).text(1),
                busy(of).over(idle(of)).text(1));
    }

    private static List<String> round(int number, WebhookRound round, int seconds) {
        List<String> lines = new ArrayList<>();
        lines.add("round " + number + ": " + round);
        lines.add("  at rest    " + round.idle().latencies());
        lines.add("  saturated  " + round.busy().latencies());
        lines.add("  processor time in the saturated " + seconds + " s: "
                + round.orders().cpu());
        lines.add(String.format(
                Locale.ROOT,
                "  %,d steps were due at its beginning; %s",
                round.due(),
                RoundLines.steps(round.orders())));
        lines.addAll(RoundLines.caution(round.others()));
        lines.addAll(RoundLines.isVoid(round.orders()));
        lines.addAll(isVoid("at rest", round.idle()));
        lines.addAll(isVoid("saturated", round.busy()));
        return lines;
    }

    private static List<String> isVoid(String when, OpenStream.Told told) {
        List<String> lines = new ArrayList<>();
        if (told.others() > 0) {
            lines.add("  VOID: " + told.others() + " callbacks were not answered 200 " + when + ", such as");
            told.examples().forEach(example -> lines.add(example.indent(4)));
        }
        return lines;
    }

    private List<String> verdict() {
        List<String> lines = RoundLines.checks(
                findings,
                "all checks hold: every callback answered 200 is in the inbox once, every order answered 201 is there"
                        + " once, and stock is what the lines say");
        if (busy(Latencies::p99).median() >= P99_MOST_MILLIS) {
            lines.add("MISSED: the saturated p99 is a second or more");
        }
        return lines;
    }
}
