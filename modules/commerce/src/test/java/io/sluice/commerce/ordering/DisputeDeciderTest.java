package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.refund.RefundStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Money that comes back by itself: chargebacks, and what succeeded and then failed late. */
final class DisputeDeciderTest {

    @Test
    void aChargebackIsTakenDownOnceAndLeavesLessToGiveBack() {
        Story story = charged(charged(Story.captured(), "d1", 1000), "d1", 1000);
        assertThat(story.order.all(OperationKind.CHARGEBACK)).hasSize(1);
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("charged_back");
        assertThat(story.refund(1501L, "a").refused).isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        assertThat(story.refund(1500L, "b").refused).isNull();
    }

    @Test
    void anOrderThatIsChargedBackWaitsForAPersonBeforeMoreGoesOut() {
        Story story = charged(Story.captured(), "d1", 1000);
        assertThat(story.order.hold()).isEqualTo(HoldReason.FRAUD);
        assertThat(story.count(Effect.Kind.REVIEW)).isEqualTo(1);
    }

    @Test
    void anOrderThatIsOverIsChargedBackAndStaysSo() {
        Story story = charged(Story.captured().carrier(ShipmentStatus.DELIVERED), "d1", 1000);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
        assertThat(OrderMoney.chargedBack(story.order)).isEqualTo(eur(1000));
    }

    @Test
    void aDisputeThatIsWonGivesTheMoneyBackWhicheverWordComesFirst() {
        Story inOrder = won(charged(Story.captured(), "d1", 1000), "d1");
        Story reversed = charged(won(Story.captured(), "d1"), "d1", 1000);
        for (Story story : new Story[] {inOrder, reversed}) {
            assertThat(story.last(OperationKind.CHARGEBACK).status()).isEqualTo(OperationStatus.REVERSED);
            assertThat(story.refund(2500L, "a").refused).isNull();
        }
        assertThat(reversed.order.hold()).as("nothing to look at").isNull();
    }

    @Test
    void whatABankTakesThatHasBeenGivenBackAlreadyIsAConflict() {
        Story story = Story.captured().refund(2000L, "a");
        charged(story, "d1", 1000);
        assertThat(story.order.hold()).isEqualTo(HoldReason.CONFLICT);
        assertThat(OrderMoney.refundable(story.order)).isEqualTo(eur(-500));
        assertThat(story.refund(1L, "b").refused)
                .as("it is not made worse")
                .isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
    }

    @Test
    void whoeverHasLookedAtAConflictLetsAnOrderGoOnThatIsOut() {
        Story story = charged(Story.captured().refund(2000L, "a"), "d1", 1000)
                .provider(OperationKind.REFUND, OperationStatus.SUCCEEDED)
                .carrier(ShipmentStatus.DELIVERED);
        assertThat(story.order.state()).as("until then it waits").isEqualTo(OrderState.ON_HOLD);
        assertThat(story.then(new OrderCommand.Release()).order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void aDisputeThatOvertakesItsCapturesAnswerIsADisputeAndNoConflict() {
        Story story = charged(Story.authorised().carrier(ShipmentStatus.ACCEPTED), "d1", 2500);
        assertThat(story.order.hold()).isEqualTo(HoldReason.FRAUD);

        story.provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(story.order.hold()).isEqualTo(HoldReason.FRAUD);
        assertThat(OrderMoney.refundable(story.order)).isEqualTo(eur(0));
    }

    @Test
    void aDisputeOfWhatTurnsOutNotToHaveBeenTakenIsAConflict() {
        Story story = charged(Story.authorised().carrier(ShipmentStatus.ACCEPTED), "d1", 2500);
        story.provider(OperationKind.CAPTURE, OperationStatus.ERRORED);
        assertThat(story.order.hold()).isEqualTo(HoldReason.CONFLICT);
    }

    @Test
    void aDisputeOfAnotherCurrencyOrAboutNoPaymentIsRefused() {
        Story story = Story.captured();
        UUID capture = story.last(OperationKind.CAPTURE).id();
        story.then(new OrderCommand.RecordChargeback(capture, "d1", false, new Money(1, "USD"), null));
        assertThat(story.refused).isEqualTo(OrderRefusal.CURRENCY_MISMATCH);
        story.refund(1L, "a");
        UUID refund = story.last(OperationKind.REFUND).id();
        story.then(new OrderCommand.RecordChargeback(refund, "d1", false, eur(1), null));
        assertThat(story.refused).isEqualTo(OrderRefusal.NOT_FOUND);
        assertThat(story.order.all(OperationKind.CHARGEBACK)).isEmpty();
    }

    @Test
    void aWordAboutAKnownDisputeThatNamesAnotherAmountIsRefusedAndTheSameAmountIsTakenDown() {
        Story story = charged(Story.captured(), "d1", 900);
        assertThat(won(story, "d1").refused).isEqualTo(CallbackRefusal.AMOUNT_DIFFERS);
        assertThat(OrderMoney.chargedBack(story.order)).as("as it was").isEqualTo(eur(900));

        story = won(charged(Story.captured(), "d2", 1000), "d2");
        assertThat(story.refused).isNull();
        assertThat(OrderMoney.chargedBack(story.order)).isEqualTo(eur(0));
    }

    @Test
    void aDisputeMayBeAboutThePaymentAsAWhole() {
        Story story = Story.captured();
        UUID authorisation = story.last(OperationKind.AUTHORIZE).id();
        story.then(new OrderCommand.RecordChargeback(authorisation, "d1", false, eur(1000), null));
        assertThat(story.order.hold()).isEqualTo(HoldReason.FRAUD);
        assertThat(story.refund(1501L, "a").refused).isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
    }

    @Test
    void whatHasUsedUpTheMoneyForTheRestIsAskedForAnewSoThatTheRestCanGoOut() {
        Story story = Story.waiting().sent("first", new LineWanted("cup", 1)).carrier(ShipmentStatus.ACCEPTED);
        for (int i = 0; i < 4; i++) {
            story.provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED)
                    .provider(OperationKind.CAPTURE, OperationStatus.REVERSED)
                    .then(new OrderCommand.CaptureOwed());
        }
        assertThat(story.order.all(OperationKind.AUTHORIZE))
                .as("enough is held")
                .hasSize(1);

        story.provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(story.last(OperationKind.AUTHORIZE).amount()).isEqualTo(eur(2000));
        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED).sent("rest", new LineWanted("tea", 2));
        assertThat(story.refused).isNull();
    }

    @Test
    void anAuthorisationOfAnotherAmountForAClosedOrdersDebtIsLetGoOfAndTheDebtCanBeAskedForAgain() {
        Story story = Story.captured()
                .carrier(ShipmentStatus.DELIVERED)
                .provider(OperationKind.CAPTURE, OperationStatus.REVERSED)
                .then(new OrderCommand.CaptureOwed())
                .provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED, eur(2499));
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
        assertThat(story.last(OperationKind.VOID).onReference())
                .isEqualTo(story.last(OperationKind.AUTHORIZE).reference());

        story.provider(OperationKind.VOID, OperationStatus.SUCCEEDED)
                .then(new OrderCommand.CaptureOwed())
                .provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(story.order.captured()).isEqualTo(eur(2500));
        assertThat(story.order.all(OperationKind.VOID)).hasSize(1);
    }

    @Test
    void aCaptureThatFailsLateIsOwedAgainAndStaffTakeItOutOfANewAuthorisation() {
        Story story = Story.captured().provider(OperationKind.CAPTURE, OperationStatus.REVERSED);
        assertThat(OrderMoney.owed(story.order)).isEqualTo(eur(2500));
        assertThat(story.carrier(ShipmentStatus.DELIVERED).order.state())
                .as("not paid")
                .isEqualTo(OrderState.CONFIRMED);
        story.then(new OrderCommand.CaptureOwed());
        assertThat(story.count(Effect.Kind.AUTHORISE))
                .as("the first one is used up")
                .isEqualTo(2);
        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void aCaptureThatFailsAfterTheOrderWasClosedCanStillBeTaken() {
        Story story = Story.captured()
                .carrier(ShipmentStatus.DELIVERED)
                .provider(OperationKind.CAPTURE, OperationStatus.REVERSED)
                .then(new OrderCommand.CaptureOwed())
                .provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
        assertThat(story.count(Effect.Kind.CAPTURE)).isEqualTo(2);
        assertThat(story.provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED)
                        .order
                        .captured())
                .isEqualTo(eur(2500));
    }

    @Test
    void aCaptureThatWasUndoneIsNotDoneByALateWordOfItsSuccess() {
        Story story = Story.captured()
                .provider(OperationKind.CAPTURE, OperationStatus.REVERSED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(story.last(OperationKind.CAPTURE).status()).isEqualTo(OperationStatus.REVERSED);
    }

    @Test
    void aRefundThatFailsLateIsNotCompletedAnyMoreAndItsMoneyCanGoBack() {
        Story story = Story.captured()
                .refund(2500L, "a")
                .provider(OperationKind.REFUND, OperationStatus.SUCCEEDED)
                .provider(OperationKind.REFUND, OperationStatus.REVERSED);
        assertThat(story.order.refunds().getFirst().status()).isEqualTo(RefundStatus.FAILED);
        assertThat(story.refund(2500L, "b").refused).isNull();
    }

    @Test
    void aRefundOfTwoPartsFailsLatePartByPart() {
        Story story = Story.waiting()
                .sent("a", new LineWanted("tea", 2))
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED)
                .sent("b", new LineWanted("cup", 1))
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED)
                .refund(2500L, "a");
        RefundStatus[] after = {RefundStatus.PARTIALLY_FAILED, RefundStatus.FAILED};
        story.order.all(OperationKind.REFUND).toList().forEach(part -> {
            story.then(new OrderCommand.RecordOperation(
                    part.id(), OperationStatus.SUCCEEDED, part.amount(), "r", null, null));
        });
        assertThat(story.order.refunds().getFirst().status()).isEqualTo(RefundStatus.COMPLETED);
        for (int i = 0; i < after.length; i++) {
            UUID part = story.order.all(OperationKind.REFUND).toList().get(i).id();
            story.then(new OrderCommand.RecordOperation(part, OperationStatus.REVERSED, null, null, null, null));
            assertThat(story.order.refunds().getFirst().status()).isEqualTo(after[i]);
        }
    }

    @Test
    void anUndoneVoidOrAnExpiredCaptureIsNoWordThatIsKnown() {
        Story captured = Story.captured().provider(OperationKind.CAPTURE, OperationStatus.EXPIRED);
        assertThat(captured.last(OperationKind.CAPTURE).status()).isEqualTo(OperationStatus.SUCCEEDED);
        Story voided = Story.waiting()
                .then(new OrderCommand.Cancel())
                .provider(OperationKind.VOID, OperationStatus.SUCCEEDED)
                .provider(OperationKind.VOID, OperationStatus.REVERSED);
        assertThat(voided.last(OperationKind.VOID).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    private static Story charged(Story story, String dispute, long amount) {
        return story.then(new OrderCommand.RecordChargeback(
                story.last(OperationKind.CAPTURE).id(), dispute, false, eur(amount), "fraudulent"));
    }

    private static Story won(Story story, String dispute) {
        return story.then(new OrderCommand.RecordChargeback(
                story.last(OperationKind.CAPTURE).id(), dispute, true, eur(1000), null));
    }

    private static Money eur(long minor) {
        return new Money(minor, "EUR");
    }
}
