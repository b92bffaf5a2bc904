package io.sluice.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketsTest {

    private static final long SECOND = 1_000_000_000;
    private static final int PER_SECOND = 20;
    private static final long ONE_TOKEN = SECOND / PER_SECOND;
    private static final int BURST = 5;

    private final AtomicLong now = new AtomicLong();
    private final TokenBuckets<String> buckets = new TokenBuckets<>(new Rate(PER_SECOND, BURST), 100, now::get);

    @ParameterizedTest
    @ValueSource(longs = {0, -SECOND, Long.MAX_VALUE - 1, Long.MIN_VALUE})
    void theBurstPassesAndTheNextIsToldWhenATokenWillBeThere(long start) {
        // the monotonic clock may begin anywhere, and run over
        now.set(start);

        assertThat(taken("ada", BURST)).isEqualTo(BURST);
        assertThat(buckets.take("ada")).isEqualTo(ONE_TOKEN);

        now.addAndGet(ONE_TOKEN / 2);
        assertThat(buckets.take("ada")).isEqualTo(ONE_TOKEN - ONE_TOKEN / 2);
    }

    @Test
    void afterTheTimeToldOnePassesAndTheOneBehindItWaits() {
        assertThat(taken("ada", BURST)).isEqualTo(BURST);

        now.addAndGet(buckets.take("ada"));

        assertThat(buckets.take("ada")).isZero();
        assertThat(buckets.take("ada")).isEqualTo(ONE_TOKEN);
    }

    @Test
    void askingInVainDoesNotProlongTheWait() {
        assertThat(taken("ada", BURST)).isEqualTo(BURST);

        assertThat(taken("ada", 1000)).isZero();

        assertThat(buckets.take("ada")).isEqualTo(ONE_TOKEN);
    }

    @Test
    void whatOneUsesUpIsNotTheOthers() {
        assertThat(taken("ada", BURST + 1)).isEqualTo(BURST);

        assertThat(taken("bo", BURST)).isEqualTo(BURST);
    }

    @Test
    void aBucketFillsUpToItsBurstHoweverLongNobodyCame() {
        assertThat(taken("ada", BURST)).isEqualTo(BURST);
        now.addAndGet(3 * ONE_TOKEN);
        assertThat(taken("ada", 100)).as("three tokens later").isEqualTo(3);

        now.addAndGet(3600 * SECOND);

        assertThat(taken("ada", 100)).as("an hour later").isEqualTo(BURST);
    }

    @Test
    void inTheLongRunTheRateIsWhatPassesHoweverOftenSomebodyAsks() {
        int passed = 0;
        for (int millis = 0; millis < 60_000; millis++) {
            passed += taken("ada", 1);
            now.addAndGet(SECOND / 1000);
        }

        assertThat(passed).isBetween(60 * PER_SECOND, 60 * PER_SECOND + BURST);
    }

    @Test
    void threadsThatTakeAtOnceGetNoMoreThanThereIsAndNoLess() throws Exception {
        TokenBuckets<String> wide = new TokenBuckets<>(new Rate(1, 10_000), 100, now::get);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<Integer> asks = () -> taken(wide, "ada", 4_000);
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(asks));
            }
            int passed = 0;
            for (Future<Integer> one : all) {
                passed += one.get();
            }
            assertThat(passed).isEqualTo(10_000);
        }
    }

    @Test
    void whoeverComesByEverNewKeysMakesItRememberNoMore() {
        for (int i = 0; i < 20_000; i++) {
            assertThat(buckets.take("stranger " + i)).isZero();
        }

        assertThat(buckets.remembered()).isLessThanOrEqualTo(100);
    }

    @Test
    void whoKeepsComingIsRememberedWhileStrangersPassBy() {
        TokenBuckets<String> slow = new TokenBuckets<>(new Rate(1, 1000), 100, now::get);
        int passed = 0;
        for (int i = 0; i < 5_000; i++) {
            passed += taken(slow, "ada", 1);
            assertThat(slow.take("stranger " + i)).isZero();
        }

        assertThat(passed).as("her bucket was not thrown away for theirs").isEqualTo(1000);
    }

    @Test
    void whatIsNotLimitedHasNoBucket() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenBuckets<>(Rate.UNLIMITED, 100, now::get));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, 0));
    }

    private int taken(String key, int asked) {
        return taken(buckets, key, asked);
    }

    private static int taken(TokenBuckets<String> from, String key, int asked) {
        return (int)
                IntStream.range(0, asked).filter(each -> from.take(key) == 0).count();
    }
}
