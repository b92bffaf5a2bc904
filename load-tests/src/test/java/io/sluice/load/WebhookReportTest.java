package io.sluice.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookReportTest {

    private static final BenchSettings SETTINGS =
            new BenchSettings(Path.of(""), Path.of(""), Optional.empty(), 3, 10, 1, 100, 10, 10, 1, 1, Map.of());

    @Test
    void aMedianBelowASecondIsGoodAndOneOfASecondIsNot() {
        WebhookReport kept = report(round(5, 999), round(5, 999), round(5, 9000));
        assertThat(kept.isGood()).as("999 ms in the median").isTrue();
        assertThat(text(kept)).doesNotContain("MISSED");

        WebhookReport missed = report(round(5, 1000), round(5, 999), round(5, 9000));
        assertThat(missed.isGood()).isFalse();
        assertThat(text(missed)).contains("MISSED: the saturated p99 is a second or more");
    }

    @Test
    void itIsToldBesideTheSameAtRestAbsoluteAndAsARatio() {
        assertThat(text(report(round(5, 100), round(10, 100), round(20, 100))))
                .containsPattern(
                        "p99 +10\\.0 \\(5\\.0 to 20\\.0\\) +100\\.0 \\(100\\.0 to 100\\.0\\) +10\\.0 \\(5\\.0 to 20\\.0\\)");
    }

    @Test
    void aCallbackThatWasNotTakenMakesTheRunVoidHoweverFastTheAnswerWas() {
        OpenStream.Told refused = new OpenStream.Told(millis(1), 9, 1, List.of("503 busy"));
        for (WebhookRound round : List.of(
                new WebhookRound(refused, told(1), 7, orders(0), 0),
                new WebhookRound(told(1), refused, 7, orders(0), 0))) {
            assertThat(report(round).isGood()).isFalse();
            assertThat(text(report(round))).contains("VOID: 1 callbacks were not answered 200", "503 busy");
        }
        assertThat(report(new WebhookRound(told(1), told(1), 7, orders(2), 0)).isGood())
                .as("nor do orders that were not accepted saturate anybody")
                .isFalse();
        assertThat(text(report(round(1, 1)))).doesNotContain("VOID");
    }

    @Test
    void whatDoesNotAddUpIsWrong() {
        WebhookReport report = new WebhookReport(200, List.of(round(1, 1)), List.of("a callback is missing"));
        assertThat(report.isGood()).isFalse();
        assertThat(text(report)).contains("WRONG: a callback is missing").doesNotContain("all checks hold");
    }

    private static WebhookReport report(WebhookRound... rounds) {
        return new WebhookReport(200, List.of(rounds), List.of());
    }

    private static WebhookRound round(long idle, long busy) {
        return new WebhookRound(told(idle), told(busy), 7, orders(0), 0);
    }

    private static OpenStream.Told told(long millis) {
        return new OpenStream.Told(millis(millis), 10, 0, List.of());
    }

    private static Latencies millis(long millis) {
        return Latencies.of(new long[] {millis * 1_000_000});
    }

    private static Turn orders(long others) {
        return new Turn(1000, millis(1), List.of(), others, List.of(), new CpuClock(1, 1, 1, 0), 1, 1);
    }

    private static String text(WebhookReport report) {
        return String.join("\n", report.lines(SETTINGS));
    }
}
