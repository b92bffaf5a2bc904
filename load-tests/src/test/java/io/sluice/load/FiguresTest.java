package io.sluice.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void theMedianIsTheMiddleValueWhateverTheOrder() {
        assertThat(new Series(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4);
        assertThat(new Series(List.of(9.0, 1.0, 4.0, 6.0)).median()).isEqualTo(5);
    }

    @Test
    void aRatioIsTakenRoundByRound() {
        Series ours = new Series(List.of(100.0, 400.0, 300.0));
        Series theirs = new Series(List.of(100.0, 100.0, 100.0));

        assertThat(ours.over(theirs).values()).containsExactly(1.0, 4.0, 3.0);
        assertThat(ours.over(theirs).text(1)).isEqualTo("3.0 (1.0 to 4.0)");
    }

    @Test
    void aPercentileIsAValueThatWasMeasured() {
        Latencies latencies = Latencies.of(
                LongStream.rangeClosed(1, 100).map(n -> (101 - n) * 1_000_000).toArray());

        assertThat(latencies.p50()).isEqualTo(50);
        assertThat(latencies.p99()).isEqualTo(99);
        assertThat(latencies.max()).isEqualTo(100);
    }

    @Test
    void nothingMeasuredHasNoLatency() {
        assertThat(Latencies.of(new long[0]).p99()).isZero();
    }
}
