package io.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class AnswerExpiryPaceTest {

    @Test
    void restsDifferAndStayWithinAFifth() {
        AnswerExpiryVerticle.Pace pace = AnswerExpiryVerticle.Pace.standard();
        List<Long> rests =
                LongStream.range(0, 100).map(i -> pace.restMillis()).boxed().toList();

        assertThat(rests)
                .allSatisfy(rest ->
                        assertThat(Duration.ofMillis(rest)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6)));
        assertThat(rests.stream().distinct().count()).as("different rests").isGreaterThan(50);
    }

    @Test
    void aPaceWithoutRestOrWithoutBatchIsRefused() {
        assertThatThrownBy(() -> new AnswerExpiryVerticle.Pace(Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AnswerExpiryVerticle.Pace(Duration.ofMinutes(5), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
