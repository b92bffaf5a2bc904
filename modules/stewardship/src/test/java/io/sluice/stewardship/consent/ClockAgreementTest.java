package io.sluice.stewardship.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockAgreementTest {

    private long nanos = 17;
    private Instant wall = Instant.parse("2026-11-23T12:00:00Z");
    private final ClockAgreement clocks = new ClockAgreement(() -> wall, () -> nanos);

    @Test
    void clocksThatRunAlikeHaveNeverGoneApart() {
        nanos += Duration.ofDays(1).toNanos();
        wall = wall.plus(Duration.ofDays(1));

        assertThat(clocks.partings()).isZero();
    }

    @Test
    void aPartingIsToldToEverybodyWhoAsksNotOnlyToTheFirst() {
        wall = wall.plusSeconds(60);

        assertThat(clocks.partings()).isEqualTo(1);
        assertThat(clocks.partings()).isEqualTo(1);
    }

    @Test
    void eachPartingCountsAlsoBackwards() {
        wall = wall.plusSeconds(60);
        assertThat(clocks.partings()).isEqualTo(1);
        wall = wall.minusSeconds(60);

        assertThat(clocks.partings()).isEqualTo(2);
    }

    @Test
    void smallStepsAreForgivenAndNotSummedUp() {
        for (int step = 0; step < 10; step++) {
            wall = wall.plusMillis(200);
            assertThat(clocks.partings()).isZero();
        }
    }

    @Test
    void aStepOfMoreThanHalfASecondIsAParting() {
        wall = wall.plusMillis(501);

        assertThat(clocks.partings()).isEqualTo(1);
    }
}
