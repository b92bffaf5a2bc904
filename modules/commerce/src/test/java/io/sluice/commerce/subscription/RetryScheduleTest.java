package io.sluice.commerce.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RetryScheduleTest {

    private final RetrySchedule schedule = new RetrySchedule(new Random(7));

    @Test
    void eightTriesAreSpreadOverADay() {
        for (int i = 0; i < 1000; i++) {
            Duration whole = IntStream.range(1, RetrySchedule.TRIES)
                    .mapToObj(tries -> schedule.pause(tries, false))
                    .reduce(Duration.ZERO, Duration::plus);
            assertThat(whole).isBetween(Duration.ofHours(24).multipliedBy(9).dividedBy(10), Duration.ofHours(27));
        }
        assertThat(RetrySchedule.TRIES).isEqualTo(8);
    }

    @Test
    void eachPauseIsLongerThanTheOneBeforeAndNoTwoReceiversKeepStep() {
        for (int tries = 2; tries < RetrySchedule.TRIES; tries++) {
            assertThat(schedule.pause(tries, false)).isGreaterThan(schedule.pause(tries - 1, false));
        }
        assertThat(Stream.generate(() -> schedule.pause(5, false)).limit(50).distinct())
                .hasSizeGreaterThan(40);
    }

    @Test
    void whoIsBusyIsNotCalledAgainWithinSecondsAndOthersAre() {
        assertThat(schedule.pause(1, true)).isGreaterThan(Duration.ofMinutes(4));
        assertThat(schedule.pause(1, false)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void whatIsRefusedIsAskedAboutEverLessOftenButNeverForgotten() {
        assertThat(schedule.hold(0)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
        assertThat(schedule.hold(3)).isGreaterThan(schedule.hold(1));
        assertThat(schedule.hold(1000)).isLessThan(Duration.ofHours(6));
    }
}
