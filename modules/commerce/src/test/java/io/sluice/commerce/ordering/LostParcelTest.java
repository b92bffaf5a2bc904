package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.refund.Return;
import io.sluice.commerce.refund.ReturnStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parcels that never arrive: their order waits until that is made good for, and not for ever. */
final class LostParcelTest {

    private static final LineWanted ONE_TEA = new LineWanted("tea", 1);
    private static final LineWanted CUP = new LineWanted("cup", 1);

    @ParameterizedTest
    @EnumSource(names = {"LOST", "RETURNED"})
    void anOrderIsOpenUntilWhatDidNotArriveIsPaidBack(ShipmentStatus end) {
        Story story = Story.captured().carrier(end);
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);

        story.refund(null, "made good");
        assertThat(story.order.state()).as("the provider has not said so yet").isEqualTo(OrderState.CONFIRMED);
        story.provider(OperationKind.REFUND, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void theLostPiecesAreEnoughWhereTheOthersArrived() {
        Story story = inTwoParcels();
        story.refundPieces("cup", CUP).provider(OperationKind.REFUND, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void otherPiecesOrPartOfTheMoneyAreNot() {
        Story story = inTwoParcels();
        story.refundPieces("tea", ONE_TEA).provider(OperationKind.REFUND, OperationStatus.SUCCEEDED);
        story.refund(400L, "some").provider(OperationKind.REFUND, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void aRefundThatFailsLeavesItOpen() {
        Story story = Story.captured().carrier(ShipmentStatus.LOST);
        story.refund(null, "made good").provider(OperationKind.REFUND, OperationStatus.ERRORED);
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void aBankThatTakesItAllBackHasSeenToIt() {
        Story story = Story.captured().carrier(ShipmentStatus.LOST);
        story.then(new OrderCommand.RecordChargeback(
                story.last(OperationKind.CAPTURE).id(), "d1", false, new Money(2500, "EUR"), "not_received"));
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void whatWasPaidBackBeforeItWasLostIsNotAskedForAgain() {
        Story story = Story.captured();
        story.refund(null, "late").provider(OperationKind.REFUND, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(story.carrier(ShipmentStatus.LOST).order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void aRefundOfWhatWasSentBackIsNoneOfWhatWasLost() {
        Story story = Story.waiting();
        sent(story, "first", ONE_TEA).carrier(ShipmentStatus.DELIVERED);
        sent(story, "second", CUP).carrier(ShipmentStatus.DELIVERED);
        sent(story, "third", ONE_TEA).carrier(ShipmentStatus.LOST);
        story.then(new OrderCommand.RequestReturn(Pieces.of(List.of(ONE_TEA)), "unwanted", "r", "f"));
        UUID back = story.order.returns().getFirst().id();
        story.then(new OrderCommand.MoveReturn(back, ReturnStatus.AUTHORISED, null, null))
                .then(new OrderCommand.MoveReturn(back, ReturnStatus.RECEIVED, Return.Condition.SELLABLE, null))
                .then(new OrderCommand.MoveReturn(back, ReturnStatus.REFUNDED, null, null))
                .provider(OperationKind.REFUND, OperationStatus.SUCCEEDED);
        assertThat(story.order.refunds()).hasSize(1);
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);

        // out of two captures, what is left of them
        for (UUID part :
                story.refundPieces("lost", ONE_TEA).order.refunds().getLast().operations()) {
            Money amount = story.order.operation(part).orElseThrow().amount();
            story.then(
                    new OrderCommand.RecordOperation(part, OperationStatus.SUCCEEDED, amount, "r" + part, null, null));
        }
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void whatWasTakenInAnotherAmountIsNotForgottenWithTheParcel() {
        Story story = Story.authorised()
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED, new Money(2400, "EUR"))
                .carrier(ShipmentStatus.LOST)
                .then(new OrderCommand.Release());
        assertThat(story.order.state()).isNotEqualTo(OrderState.CLOSED);
    }

    /** Two teas have arrived, the cup is lost; both are paid. */
    private static Story inTwoParcels() {
        Story story = sent(Story.waiting(), "teas", ONE_TEA, ONE_TEA).carrier(ShipmentStatus.DELIVERED);
        return sent(story, "cup", CUP).carrier(ShipmentStatus.LOST);
    }

    private static Story sent(Story story, String key, LineWanted... pieces) {
        return story.sent(key, pieces)
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
    }
}
