package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.fraud.Suspicion;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import io.sluice.kernel.Clause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Orders that staff stop, and let go on. */
final class ReviewDeciderTest {

    @Test
    void anOrderThatStaffStopHasATermAndStoppingItTwiceIsStoppingItOnce() {
        Story story = Story.waiting().then(new OrderCommand.Hold());
        assertThat(story.order.hold()).isEqualTo(HoldReason.MANUAL);
        assertThat(story.effects).contains(new Effect(Effect.Kind.REVIEW, Story.ORDER, Duration.ofDays(1)));
        long version = story.order.version();
        assertThat(story.then(new OrderCommand.Hold()).order.version()).isEqualTo(version);
        assertThat(story.count(Effect.Kind.REVIEW)).isEqualTo(1);
    }

    @Test
    @Clause("C7")
    void whatLooksLikeFraudHasATermTooAndOnceLetGoOnIsNotSuspectedAnew() {
        Story story = suspected();
        assertThat(story.order.hold()).isEqualTo(HoldReason.FRAUD);
        assertThat(story.order.suspicion()).contains(Suspicion.ABROAD);
        assertThat(story.effects).contains(new Effect(Effect.Kind.REVIEW, Story.ORDER, Duration.ofDays(1)));
        story.then(new OrderCommand.Release());
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(story.count(Effect.Kind.DISPATCH)).isEqualTo(2);
        assertThat(story.order.isCleared()).as("somebody has looked").isTrue();
        assertThat(Story.held(HoldReason.AGREEMENT)
                        .then(new OrderCommand.Release())
                        .order
                        .isCleared())
                .as("for something else")
                .isFalse();

        Story forgotten = suspected().then(new OrderCommand.ReviewOverdue());
        assertThat(forgotten.order.state()).isEqualTo(OrderState.CANCELLING);
        assertThat(Story.held(HoldReason.ADDRESS).order.suspicion()).isEmpty();
    }

    private static Story suspected() {
        Story story = Story.authorised();
        return story.then(new OrderCommand.HoldShipment(
                story.order.shipments().getLast().id(), HoldReason.FRAUD, Suspicion.ABROAD.code()));
    }

    @Test
    void aReleasedOrderGoesOnFromWhereItsMoneyStandsByThen() {
        Story paid = Story.placed()
                .then(new OrderCommand.Hold())
                .provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
        assertThat(paid.count(Effect.Kind.DISPATCH)).as("it is stopped").isZero();
        paid.then(new OrderCommand.Release());
        assertThat(paid.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(paid.count(Effect.Kind.DISPATCH)).isEqualTo(1);

        Story declined = Story.placed()
                .then(new OrderCommand.Hold())
                .provider(OperationKind.AUTHORIZE, OperationStatus.DECLINED)
                .then(new OrderCommand.Release());
        assertThat(declined.order.state()).isEqualTo(OrderState.REJECTED);
        assertThat(declined.order.held().isEmpty()).isTrue();

        Story pending = Story.placed().then(new OrderCommand.Hold()).then(new OrderCommand.Release());
        assertThat(pending.order.state()).isEqualTo(OrderState.PLACED);
    }

    @Test
    void aBuyerWhoCouldNotPayMeanwhileHasTheirWindowAnew() {
        Story story = Story.placed()
                .provider(OperationKind.AUTHORIZE, OperationStatus.REQUIRES_ACTION)
                .then(new OrderCommand.Hold())
                .then(new OrderCommand.Expire());
        assertThat(story.order.state()).as("who is stopped does not expire").isEqualTo(OrderState.ON_HOLD);
        story.then(new OrderCommand.Release());
        assertThat(story.count(Effect.Kind.EXPIRE)).isEqualTo(2);
        assertThat(story.then(new OrderCommand.Expire()).order.state()).isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void anOrderThatNobodyLookedAtIsGivenUpAndItsMoneyLetGo() {
        Story story = Story.waiting().then(new OrderCommand.Hold()).then(new OrderCommand.ReviewOverdue());
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLING);
        assertThat(story.count(Effect.Kind.VOID)).isEqualTo(1);
    }

    @Test
    void theTermEndsNothingThatWasReleasedOrHasGoneOutOrIsHeldForAnotherReason() {
        Story released = Story.waiting()
                .then(new OrderCommand.Hold())
                .then(new OrderCommand.Release())
                .then(new OrderCommand.ReviewOverdue());
        assertThat(released.order.state()).isEqualTo(OrderState.CONFIRMED);

        Story partlyOut = Story.waiting()
                .sent("a", new LineWanted("cup", 1))
                .carrier(ShipmentStatus.ACCEPTED)
                .then(new OrderCommand.Hold())
                .then(new OrderCommand.ReviewOverdue());
        assertThat(partlyOut.order.state()).isEqualTo(OrderState.ON_HOLD);

        Story consent = Story.held(HoldReason.CONSENT).then(new OrderCommand.ReviewOverdue());
        assertThat(consent.order.state()).isEqualTo(OrderState.ON_HOLD);
    }

    @Test
    void whatStaffStoppedAfterAllOfItHadGoneOutGoesOnWhenTheTermIsOverAndCloses() {
        Story story = Story.captured().then(new OrderCommand.Hold()).carrier(ShipmentStatus.DELIVERED);
        assertThat(story.order.state()).isEqualTo(OrderState.ON_HOLD);
        assertThat(story.then(new OrderCommand.ReviewOverdue()).order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void whereTheBooksDoNotAgreeAnOrderDoesNotGoOnAsIfTheyDid() {
        Story story = Story.placed();
        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED, null);
        assertThat(story.order.hold()).isEqualTo(HoldReason.CONFLICT);
        assertThat(story.then(new OrderCommand.Release()).refused).isEqualTo(OrderRefusal.NOT_REVIEWABLE);
        assertThat(story.then(new OrderCommand.Cancel()).refused).isNull();
    }

    @Test
    void aConflictThatComesUpInAStoppedOrderIsWhatItIsStoppedForFromThen() {
        Story story = Story.placed().then(new OrderCommand.Hold());
        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED, null);
        assertThat(story.order.hold()).isEqualTo(HoldReason.CONFLICT);
        assertThat(story.then(new OrderCommand.Release()).refused).isEqualTo(OrderRefusal.NOT_REVIEWABLE);
    }

    @Test
    void whatHasEndedIsNeitherStoppedNorReleased() {
        Story story = Story.captured().carrier(ShipmentStatus.DELIVERED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
        assertThat(story.then(new OrderCommand.Hold()).refused).isEqualTo(OrderRefusal.NOT_REVIEWABLE);
        assertThat(story.then(new OrderCommand.Release()).refused).isEqualTo(OrderRefusal.NOT_REVIEWABLE);
    }

    @Test
    void aParcelThatOurGateHeldGoesOutWhenItsOrderIsReleased() {
        Story story = Story.held(HoldReason.AGREEMENT).then(new OrderCommand.Release());
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(story.count(Effect.Kind.DISPATCH)).isEqualTo(2);
    }
}
