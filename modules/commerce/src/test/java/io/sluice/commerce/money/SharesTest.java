package io.sluice.commerce.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Amounts are divided to the minor unit: the largest remainders get what rounding down leaves over. */
final class SharesTest {

    @Test
    void theLargestRemaindersGetWhatIsLeftOver() {
        // exact parts 33.33, 33.33 and 33.33; and 14.29, 28.57 and 57.14
        assertThat(Shares.of(100, new long[] {1, 1, 1})).containsExactly(34, 33, 33);
        assertThat(Shares.of(100, new long[] {1, 2, 4})).containsExactly(14, 29, 57);
    }

    @Test
    void whoWeighsNothingGetsNothing() {
        assertThat(Shares.of(7, new long[] {0, 3, 0})).containsExactly(0, 7, 0);
        assertThat(Shares.of(0, new long[] {0, 0})).containsExactly(0, 0);
    }

    @Test
    void nothingIsDividedAmongNobody() {
        assertThatThrownBy(() -> Shares.of(1, new long[] {0, 0})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shares.of(1, new long[] {})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shares.of(-1, new long[] {1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shares.of(1, new long[] {2, -1})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sharesComeToTheWholeAndEachIsItsExactPartRoundedUpOrDown() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            long[] weights =
                    random.longs(1 + random.nextInt(12), 0, 1_000_000_000_000L).toArray();
            weights[0]++;
            long amount = random.nextLong(1_000_000_000_000L);
            long[] shares = Shares.of(amount, weights);

            assertThat(Arrays.stream(shares).sum()).as("seed %d", seed).isEqualTo(amount);
            double whole = Arrays.stream(weights).sum();
            for (int i = 0; i < weights.length; i++) {
                assertThat((double) shares[i])
                        .as("seed %d", seed)
                        .isBetween(
                                Math.floor(amount * (weights[i] / whole)) - 1,
                                Math.ceil(amount * (weights[i] / whole)) + 1);
            }
        }
    }

    @Test
    void moreEqualPartsNeverComeToLessAndAllOfThemAreTheWhole() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int parts = 1 + random.nextInt(40);
            long amount = random.nextLong(10_000);
            assertThat(Shares.ofFirst(0, parts, amount)).isZero();
            for (int taken = 1; taken <= parts; taken++) {
                long one = Shares.ofFirst(taken, parts, amount) - Shares.ofFirst(taken - 1, parts, amount);
                assertThat(one).as("seed %d", seed).isBetween(amount / parts, amount / parts + 1);
            }
            assertThat(Shares.ofFirst(parts, parts, amount)).as("seed %d", seed).isEqualTo(amount);
        }
    }

    @Test
    void morePartsThanThereAreAreRefused() {
        assertThatThrownBy(() -> Shares.ofFirst(3, 2, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shares.ofFirst(-1, 2, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shares.ofFirst(1, 2, -10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inProportionHalvesAreRoundedUp() {
        assertThat(Shares.proportional(5, 1, 2)).isEqualTo(3);
        assertThat(Shares.proportional(4, 1, 3)).isEqualTo(1);
        assertThat(Shares.proportional(5, 1, 3)).isEqualTo(2);
        assertThat(Shares.proportional(1_000_000_000_000L, 1_000_000_000_000L, 1_000_000_000_000L))
                .isEqualTo(1_000_000_000_000L);
    }
}
