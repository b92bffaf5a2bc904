package io.sluice.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnforcementReportTest {

    private static final BenchSettings SETTINGS =
            new BenchSettings(Path.of(""), Path.of(""), Optional.empty(), 3, 10, 1, 100, 10, 10, 1, 1, Map.of());

    @Test
    void aMedianShareWithinTheGoalIsGoodAndOneBelowIsNot() throws Exception {
        EnforcementReport kept = report(round(950, 1000), round(990, 1000), round(100, 1000));
        assertThat(kept.isGood()).as("0.95 in the median").isTrue();
        assertThat(text(kept))
                .contains("P4")
                .contains("0.950 (0.100 to 0.990), goal 0.95")
                .doesNotContain("MISSED");

        EnforcementReport missed = report(round(949, 1000), round(990, 1000), round(100, 1000));
        assertThat(missed.isGood()).isFalse();
        assertThat(text(missed)).contains("MISSED");
    }

    @Test
    void theShareIsTakenRoundByRoundAndEachRoundIsShown() throws Exception {
        // the machine was three times as fast in the second round, for both
        EnforcementReport report = report(round(960, 1000), round(2880, 3000), round(970, 1000));
        assertThat(text(report))
                .contains("0.960 (0.960 to 0.970)")
                .contains("round 1: enforced 960 orders/s, behind an open gate 1,000")
                .contains("round 2: enforced 2,880 orders/s, behind an open gate 3,000")
                .contains("round 3: enforced 970 orders/s, behind an open gate 1,000");
    }

    @Test
    void processorTimeIsToldForOneOrder() throws Exception {
        // 10 s at 1,000 orders a second, by nodes that worked 3 s and 2 s
        EnforcementReport report = report(new EnforcementRound(turn(1000, 3, 0), turn(1000, 2, 0), 0));
        assertThat(text(report)).contains("300 (300 to 300) beside 200 (200 to 200)");
    }

    @Test
    void anAnswerOtherThanAcceptedMakesTheRunVoidWhoeverGaveIt() throws Exception {
        EnforcementReport byOurs = report(new EnforcementRound(turn(1000, 1, 2), turn(1000, 1, 0), 0));
        EnforcementReport byTheOther = report(new EnforcementRound(turn(1000, 1, 0), turn(1000, 1, 2), 0));
        for (EnforcementReport report : List.of(byOurs, byTheOther)) {
            assertThat(report.isGood()).isFalse();
            assertThat(text(report)).contains("VOID: 2 answers were not 201").contains("HTTP/1.1 503");
        }
        assertThat(text(report(round(1000, 1000)))).doesNotContain("VOID");
    }

    @Test
    void whatDoesNotAddUpIsWrongHoweverFastItWas() throws Exception {
        EnforcementReport report = new EnforcementReport(
                List.of(round(1000, 1000)), List.of("a leaf is missing"), Optional.empty(), Optional.empty());
        assertThat(report.isGood()).isFalse();
        assertThat(text(report)).contains("WRONG: a leaf is missing").doesNotContain("all checks hold");
    }

    @Test
    void aMachineThatOthersUsedIsSaidToMeanLittle() throws Exception {
        assertThat(text(report(new EnforcementRound(turn(1000, 1, 0), turn(1000, 1, 0), 0.4))))
                .contains("CAUTION: others took 40 % of this machine");
        assertThat(text(report(round(1000, 1000)))).doesNotContain("CAUTION");
    }

    private static EnforcementReport report(EnforcementRound... rounds) {
        return new EnforcementReport(List.of(rounds), List.of(), Optional.empty(), Optional.empty());
    }

    private static EnforcementRound round(double enforced, double open) {
        return new EnforcementRound(turn(enforced, 1, 0), turn(open, 1, 0), 0.01);
    }

    private static Turn turn(double perSecond, double nodeSeconds, long others) {
        List<String> examples = others == 0 ? List.of() : List.of("HTTP/1.1 503 Service Unavailable");
        CpuClock spent = new CpuClock(nodeSeconds, 1, 1, 0);
        return new Turn(perSecond, Latencies.of(new long[] {1}), List.of(), others, examples, spent, 1, 1);
    }

    private static String text(EnforcementReport report) throws Exception {
        return String.join("\n", report.lines(SETTINGS));
    }
}
