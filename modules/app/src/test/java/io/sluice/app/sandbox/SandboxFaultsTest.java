package io.sluice.app.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandboxFaultsTest {

    private static SandboxFaults seeded(long seed) {
        return new SandboxFaults(seed, 0.1, 0, Duration.ZERO, 0, Duration.ZERO, 0, 0, 0);
    }

    @Test
    void theSameSeedStrikesTheSameThings() {
        SandboxFaults one = seeded(5);
        SandboxFaults other = seeded(5);
        assertThat(IntStream.range(0, 1000))
                .allMatch(n -> one.strikes(0.1, "late", "k" + n) == other.strikes(0.1, "late", "k" + n));
    }

    @Test
    void anotherSeedOrAnotherFaultStrikesOtherThings() {
        assertThat(IntStream.range(0, 1000))
                .anyMatch(n ->
                        seeded(5).strikes(0.1, "late", "k" + n) != seeded(6).strikes(0.1, "late", "k" + n));
        assertThat(IntStream.range(0, 1000))
                .anyMatch(n ->
                        seeded(5).strikes(0.1, "late", "k" + n) != seeded(5).strikes(0.1, "reorder", "k" + n));
    }

    @Test
    void aRateIsKeptRoughly() {
        long struck = IntStream.range(0, 10_000)
                .filter(n -> seeded(9).strikes(0.1, "late", "k" + n))
                .count();
        assertThat(struck).isBetween(850L, 1150L);
    }

    @Test
    void ratesOutsideZeroToOneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SandboxFaults(0, 1.1, 0, Duration.ZERO, 0, Duration.ZERO, 0, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SandboxFaults(0, Double.NaN, 0, Duration.ZERO, 0, Duration.ZERO, 0, 0, 0));
    }
}
