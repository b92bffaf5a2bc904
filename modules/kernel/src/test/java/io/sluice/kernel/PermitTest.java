package io.sluice.kernel;

import static io.sluice.kernel.Specimen.BUYER;
import static io.sluice.kernel.Specimen.DISPATCH;
import static io.sluice.kernel.Specimen.NAME;
import static io.sluice.kernel.Specimen.NANOS;
import static io.sluice.kernel.Specimen.NOW;
import static io.sluice.kernel.Specimen.ORDER;
import static io.sluice.kernel.Specimen.RECIPIENT;
import static io.sluice.kernel.Specimen.RECORD;
import static io.sluice.kernel.Specimen.dispatch;
import static io.sluice.kernel.Specimen.law;
import static io.sluice.kernel.Specimen.question;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The right to open the fields of one message, once and soon. */
final class PermitTest {

    private static final long LAST_MOMENT = NANOS + Permit.LIFETIME.toNanos() - 1;

    @Test
    void aPermitIsGoodOnce() {
        Permit permit = permit(dispatch());
        assertThat(permit.redeem(NOW, NANOS)).isTrue();
        assertThat(permit.redeem(NOW, NANOS)).as("a second time").isFalse();
    }

    @Test
    void aPermitIsGoodUntilItsLifetimeIsOver() {
        assertThat(permit(operational()).redeem(NOW, LAST_MOMENT)).isTrue();
        assertThat(permit(operational()).redeem(NOW, LAST_MOMENT + 1)).isFalse();
    }

    @Test
    @Clause("D5")
    void aPermitIsNoLongerGoodThanWhatIsKnownOfThePersonsConcerned() {
        SubjectSnapshot shortLeased = leasedUntil(BUYER, NANOS + 100);
        SubjectSnapshot giftee = leasedUntil(RECIPIENT, NANOS + 100);
        assertThat(permit(gift(shortLeased, RECIPIENT)).redeem(NOW, NANOS + 99)).isTrue();
        assertThat(permit(gift(shortLeased, RECIPIENT)).redeem(NOW, NANOS + 100))
                .isFalse();
        assertThat(permit(gift(BUYER, giftee)).redeem(NOW, NANOS + 99)).isTrue();
        assertThat(permit(gift(BUYER, giftee)).redeem(NOW, NANOS + 100)).isFalse();
    }

    @Test
    @Clause("E2")
    void aPermitIsNoLongerGoodThanTheLawThatItWasGivenUnder() {
        long left = 300;
        Policy followed = law().until(new Turn(NOW.plusSeconds(1), NANOS + left));
        Permit permit = (Permit) PrivacyKernel.decide(followed, operational());
        assertThat(permit.isGoodAt(NOW.minusMillis(1), NANOS + left - 1)).isTrue();
        assertThat(permit.isGoodAt(NOW.minusMillis(1), NANOS + left)).isFalse();

        Policy farOff = law().until(new Turn(
                NOW.plusSeconds(60), NANOS + Duration.ofMinutes(1).toNanos()));
        assertThat(((Permit) PrivacyKernel.decide(farOff, operational())).redeem(NOW, LAST_MOMENT))
                .isTrue();
        Policy over = law().until(new Turn(NOW, NANOS));
        assertThat(((Permit) PrivacyKernel.decide(over, operational())).redeem(NOW, NANOS))
                .isFalse();
    }

    @Test
    @Clause("E2")
    void itsEffectsKnowWhenThatLawIsFollowedByAnother() {
        Instant turn = NOW.plusSeconds(60);
        Policy followed =
                law().until(new Turn(turn, NANOS + Duration.ofMinutes(1).toNanos()));
        Permit permit = (Permit) PrivacyKernel.decide(followed, dispatch());
        assertThat(permit.standings(NOW)).extracting(Standing::lawfulUntil).containsExactly(turn);
        assertThat(permit(dispatch()).standings(NOW))
                .extracting(Standing::lawfulUntil)
                .containsOnlyNulls();
    }

    @Test
    @Clause("D5")
    void aPermitDoesNotOutlastTheSleepOfAMachineWhoseMonotonicClockStoodStill() {
        Instant end = NOW.plus(Permit.LIFETIME);
        assertThat(permit(operational()).redeem(end.minusMillis(1), NANOS)).isTrue();
        assertThat(permit(operational()).redeem(end, NANOS)).isFalse();

        SubjectSnapshot asleep = leasedUntil(BUYER, new Lease(BUYER.lease().untilNanos(), NOW.toEpochMilli() + 100));
        assertThat(permit(gift(asleep, null)).redeem(NOW.plusMillis(99), NANOS)).isTrue();
        assertThat(permit(gift(asleep, null)).redeem(NOW.plusMillis(100), NANOS))
                .isFalse();
    }

    @Test
    void whatCouldNotBeRedeemedInTimeIsNotUsedUpByTrying() {
        Permit permit = permit(dispatch());
        assertThat(permit.redeem(NOW, LAST_MOMENT + 1)).isFalse();
        assertThat(permit.redeem(NOW, NANOS)).isTrue();
    }

    @Test
    void aPermitSaysUnderWhichLawForWhichRecordAndUnderWhoseSnapshotItWasGiven() {
        Permit permit = permit(gift(BUYER, RECIPIENT));
        assertThat(permit.policyVersion()).isEqualTo("test");
        assertThat(permit.contract()).isEqualTo(DISPATCH);
        assertThat(permit.record()).isEqualTo(RECORD);
        assertThat(permit.of(Owner.BUYER)).isEqualTo(BUYER);
        assertThat(permit.of(Owner.ADDRESSEE)).isEqualTo(RECIPIENT);
    }

    @Test
    void whoNamesNoRecipientOrdersForThemselves() {
        Permit permit = permit(gift(BUYER, null));
        assertThat(permit.of(Owner.ADDRESSEE)).isEqualTo(BUYER);
    }

    @Test
    @Clause("D5")
    void aPermitSaysHowEachPersonStoodWhenItWasGiven() {
        assertThat(permit(gift(BUYER, RECIPIENT)).standings(NOW))
                .containsExactly(
                        new Standing(BUYER.subject(), BUYER.version(), NOW),
                        new Standing(RECIPIENT.subject(), RECIPIENT.version(), NOW));
        assertThat(permit(gift(BUYER, null)).standings(NOW))
                .containsExactly(new Standing(BUYER.subject(), BUYER.version(), NOW));
        assertThat(permit(operational()).standings(NOW)).isEmpty();
    }

    private static Question gift(SubjectSnapshot buyer, @Nullable SubjectSnapshot recipient) {
        return question(DISPATCH, FieldSet.of(ORDER, NAME), buyer, recipient);
    }

    private static Question operational() {
        return question(DISPATCH, FieldSet.of(ORDER), null, null);
    }

    private static SubjectSnapshot leasedUntil(SubjectSnapshot person, long nanos) {
        return leasedUntil(person, new Lease(nanos, person.lease().untilMillis()));
    }

    private static SubjectSnapshot leasedUntil(SubjectSnapshot person, Lease lease) {
        return new SubjectSnapshot(
                person.subject(),
                person.version(),
                person.permitted(),
                person.consented(),
                person.erased(),
                person.sessionEpoch(),
                person.roles(),
                person.region(),
                lease);
    }

    private static Permit permit(Question question) {
        return (Permit) PrivacyKernel.decide(law(), question);
    }
}
