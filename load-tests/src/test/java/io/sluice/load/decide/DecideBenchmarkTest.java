package io.sluice.load.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.load.decide.DecideReport.Row;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmark runs, and what it says of allocation holds on every machine; its times do not. */
class DecideBenchmarkTest {

    private static final List<Row> ROWS =
            DecideRun.hasty(Path.of("..").toAbsolutePath().normalize()).report().rows();

    @Test
    void eachFigureIsTakenForEachKindOfMessage() {
        assertThat(ROWS.stream().map(row -> row.benchmark() + " " + row.message()))
                .containsExactlyInAnyOrder(
                        "decide mixed", "decide refused", "decideAndProject mixed", "decideAndProject refused");
    }

    @Test
    void aRefusalAllocatesNothingAndAPermitSomething() {
        assertThat(ROWS).allSatisfy(row -> {
            if (row.isRefused()) {
                assertThat(row.bytes()).as("%s", row).isLessThan(1);
            } else {
                assertThat(row.bytes()).as("%s", row).isGreaterThan(1);
            }
        });
    }

    @Test
    void aMedianWithinItsGoalIsGoodAndOneBeyondIsNot() {
        assertThat(report("decide", "mixed", 200, 100).isGood()).isTrue();
        assertThat(report("decide", "mixed", 201, 100).isGood()).isFalse();
        assertThat(report("decideAndProject", "mixed", 2_000, 100).isGood()).isTrue();
        assertThat(report("decideAndProject", "mixed", 2_001, 100).isGood()).isFalse();
    }

    @Test
    void aRefusalThatAllocatesIsNotGoodHoweverFastItIs() {
        assertThat(report("decide", "refused", 50, 0.2).isGood()).isTrue();
        assertThat(report("decide", "refused", 50, 16).isGood()).isFalse();
    }

    @Test
    void nothingMeasuredIsNotGood() {
        assertThat(new DecideReport(List.of()).isGood()).isFalse();
    }

    private static DecideReport report(String benchmark, String message, double p50, double bytes) {
        return new DecideReport(List.of(new Row(benchmark, message, 1, p50, p50, p50, bytes)));
    }
}
