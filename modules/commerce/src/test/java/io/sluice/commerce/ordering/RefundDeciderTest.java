package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefundDeciderTest {

    @Test
    void aRefundOfAnotherAmountIsNotPaidAgain() {
        Story story = Story.captured().refund(null, "a");
        story.provider(OperationKind.REFUND, OperationStatus.SUCCEEDED, new Money(1, "EUR"));
        assertThat(story.refund(100L, "b").refused).isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
    }

    @Test
    void aRefundNeverExceedsWhatWasCaptured() {
        Story story = Story.captured().refund(2000L, "a");
        assertThat(story.refused).isNull();
        story.refund(501L, "b");
        assertThat(story.refused).isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        story.refund(500L, "c");
        assertThat(story.refused).isNull();
        story.refund(null, "d");
        assertThat(story.refused).as("nothing is left").isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        assertThat(Story.authorised().refund(1L, "e").refused)
                .as("nothing was captured")
                .isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
    }

    @Test
    void aRefundThatFailedLeavesTheMoneyToBeRefunded() {
        Story story = Story.captured().refund(null, "a").provider(OperationKind.REFUND, OperationStatus.ERRORED);
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("captured");
        story.refund(null, "b").provider(OperationKind.REFUND, OperationStatus.SUCCEEDED);
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("refunded");
    }

    @Test
    void theSameRefundTwiceIsOneRefundAndItsKeyIsNoOtherRefunds() {
        Story story = Story.captured().refund(100L, "a").refund(100L, "a");
        assertThat(story.order.refunds()).hasSize(1);
        story.then(new OrderCommand.RefundMoney(new Money(200, "EUR"), null, "x", "a", "another body"));
        assertThat(story.refused).isEqualTo(OrderRefusal.KEY_REUSED);
    }

    @Test
    void aRefundByLinesIsWhatTheLinesCost() {
        Story story = Story.captured()
                .then(new OrderCommand.RefundMoney(
                        null, List.of(new LineWanted("tea", 1), new LineWanted("cup", 1)), "x", "a", "f"));
        assertThat(story.last(OperationKind.REFUND).amount()).isEqualTo(new Money(1500, "EUR"));
        story.then(new OrderCommand.RefundMoney(null, List.of(new LineWanted("nothing", 1)), "x", "b", "f"));
        assertThat(story.refused).isEqualTo(OrderRefusal.UNKNOWN_SKU);
    }

    @Test
    void noPieceIsPaidBackTwice() {
        Story story = Story.captured();
        story.refundPieces("a", new LineWanted("tea", 1), new LineWanted("tea", 2));
        assertThat(story.refused).as("the same line twice").isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        story.refundPieces("b", new LineWanted("cup", 1));
        assertThat(story.refused).isNull();
        story.refundPieces("c", new LineWanted("cup", 1));
        assertThat(story.refused).as("again, while money is left").isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);

        story.provider(OperationKind.REFUND, OperationStatus.ERRORED);
        story.refundPieces("d", new LineWanted("cup", 1));
        assertThat(story.refused).as("the first one failed").isNull();
    }
}
