package io.sluice.app.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandboxFaultsTest {

    private static SandboxFaults seeded(long seed) {
        return SandboxFaults.NONE.seeded(seed).everything(0.1);
    }

    @Test
    void theSameSeedStrikesTheSameThings() {
        SandboxFaults one = seeded(5);
        SandboxFaults other = seeded(5);
        assertThat(IntStream.range(0, 1000))
                .allMatch(n -> one.strikes(Fault.LATE, "k" + n) == other.strikes(Fault.LATE, "k" + n));
    }

    @Test
    void anotherSeedOrAnotherFaultStrikesOtherThings() {
        assertThat(IntStream.range(0, 1000))
                .anyMatch(
                        n -> seeded(5).strikes(Fault.LATE, "k" + n) != seeded(6).strikes(Fault.LATE, "k" + n));
        assertThat(IntStream.range(0, 1000))
                .anyMatch(
                        n -> seeded(5).strikes(Fault.LATE, "k" + n) != seeded(5).strikes(Fault.REORDER, "k" + n));
    }

    @Test
    void aRateIsKeptRoughly() {
        long struck = IntStream.range(0, 10_000)
                .filter(n -> seeded(9).strikes(Fault.LATE, "k" + n))
                .count();
        assertThat(struck).isBetween(850L, 1150L);
    }

    @Test
    void ratesOutsideZeroToOneAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SandboxFaults.NONE.with(Fault.LATE, 1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> SandboxFaults.NONE.with(Fault.LATE, Double.NaN));
    }
}
