package io.sluice.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What every report says of a run and its rounds in the same words. */
final class RoundLines {

    /** A share of all processors: more of it in other hands, and a round is not worth much. */
    private static final double MOST_OF_OTHERS = 0.1;

    private RoundLines() {}

    static String store(BenchSettings settings) {
        return String.format(
                Locale.ROOT,
                "%,d persons, of whom %,d order in turn; %,d SKUs, three lines an order; %d connections",
                settings.subjects(),
                settings.buyers(),
                settings.skus(),
                settings.connections());
    }

    /** What does not add up, for more lines to follow; or, if all does, this. */
    static List<String> checks(List<String> findings, String allHold) {
        return findings.isEmpty()
                ? new ArrayList<>(List.of(allHold))
                : findings.stream()
                        .map(finding -> "WRONG: " + finding)
                        .collect(Collectors.toCollection(ArrayList::new));
    }

    static String steps(Turn turn) {
        return String.format(
                Locale.ROOT,
                "steps of accepted orders: %,d carried out within the turn, %,d more pending at its end",
                turn.stepsDone(),
                turn.stepsPending());
    }

    /** @param others their share of all processors; none if it is small */
    static List<String> caution(double others) {
        return others > MOST_OF_OTHERS
                ? List.of(String.format(
                        Locale.ROOT,
                        "  CAUTION: others took %.0f %% of this machine in this round; its numbers mean little",
                        100 * others))
                : List.of();
    }

    /** Why a round does not count; none if it does. */
    static List<String> isVoid(Turn turn) {
        List<String> lines = new ArrayList<>();
        if (turn.others() > 0) {
            lines.add("  VOID: " + turn.others() + " answers were not 201, such as");
            turn.examples().forEach(example -> lines.add(example.indent(4)));
        }
        return lines;
    }
}
