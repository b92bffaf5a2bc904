package io.sluice.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Refusal;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {

    @Test
    void everyRefusalOfEveryRoomIsExplainedUnderItsCode() {
        assertThat(Problems.refusals()).isNotEmpty().allSatisfy(refusal -> {
            Problem problem = Problems.of(refusal);
            assertThat(problem.code()).isEqualTo(refusal.code());
            assertThat(problem.status()).isBetween(400, 599);
            assertThat(Problems.explained(refusal.code()).map(Problems.Line::detail))
                    .contains(problem.detail());
        });
    }

    @Test
    void aCodeThatNobodyListedIsAFailureOfOurs() {
        assertThat(Problems.explained("nobody.listed-this")).isEmpty();
        assertThat(Problems.of("nobody.listed-this", java.util.List.of()))
                .isEqualTo(Problems.of(RequestRefusal.FAILED));
    }

    /** What can come after the work: a commit's answer may be lost, a reply refused, a handler fail once it has committed. */
    static Stream<Refusal> mayComeAfterTheWork() {
        return Stream.concat(
                Stream.of(RequestRefusal.UNAVAILABLE, RequestRefusal.NOT_ANSWERED, RequestRefusal.FAILED),
                Arrays.stream(PrivacyRefusal.values()).filter(PrivacyRefusal::isPassing));
    }

    @ParameterizedTest
    @MethodSource("mayComeAfterTheWork")
    void whatMayHaveBeenDoneIsNotSaidToBeUndone(Refusal refusal) {
        assertThat(Problems.of(refusal).detail())
                .doesNotContain("nothing was done")
                .contains("Whether it was done is not known.")
                .as("and how to find out without doing it twice")
                .contains("with the same Idempotency-Key")
                .contains("What only reads can simply be tried again.");
    }

    @Test
    void whatIsTurnedAwayAtTheDoorIsSaidToBeUndone() {
        assertThat(Problems.of(RequestRefusal.OVERLOADED).detail()).contains("nothing was done");
    }

    @Test
    void aCallbackThatMayHaveBeenTakenIsNotSaidToBeRefused() {
        assertThat(Problems.of(WebhookRefusal.NOT_TAKEN).detail())
                .doesNotContain("was not taken")
                .contains("Send it again");
    }

    @ParameterizedTest
    @EnumSource(value = WebhookRefusal.class, names = "NOT_TAKEN", mode = EnumSource.Mode.EXCLUDE)
    void aCallbackThatWasRefusedIsSaidToBe(WebhookRefusal refusal) {
        assertThat(Problems.of(refusal).detail()).contains("was not taken").contains(refusal.code());
    }
}
