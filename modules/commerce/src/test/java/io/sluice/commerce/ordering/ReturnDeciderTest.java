package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.refund.RefundStatus;
import io.sluice.commerce.refund.Return;
import io.sluice.commerce.refund.ReturnStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goods that come back: two tea (10.00 each) and a cup (5.00) have arrived and are paid. */
final class ReturnDeciderTest {

    private static final LineWanted TEA = new LineWanted("tea", 1);
    private static final LineWanted CUP = new LineWanted("cup", 1);

    @Test
    void whatComesBackIsAuthorisedReceivedAndPaidFor() {
        Story story = asked(arrived(), "a", TEA);
        assertThat(latest(story).status()).isEqualTo(ReturnStatus.REQUESTED);
        further(story, ReturnStatus.AUTHORISED);
        further(story, ReturnStatus.RECEIVED);
        assertThat(story.order.refunds()).as("not yet decided").isEmpty();
        further(story, ReturnStatus.REFUNDED);
        Refund refund = story.order.refunds().getLast();
        assertThat(refund.amount()).isEqualTo(eur(1000));
        assertThat(refund.lines()).containsExactly(TEA);
        assertThat(refund.status()).as("the money is on its own way").isEqualTo(RefundStatus.EXECUTING);
        story.provider(OperationKind.REFUND, OperationStatus.ERRORED);
        assertThat(story.order.refunds().getLast().status()).isEqualTo(RefundStatus.FAILED);
        assertThat(latest(story).status()).as("the decision stands").isEqualTo(ReturnStatus.REFUNDED);
    }

    @Test
    void whatHasSufferedIsPaidForInPartAndNeverWithMoreThanItCost() {
        Story story = received(TEA);
        assertThat(further(story, ReturnStatus.REFUNDED, eur(1001)).refused)
                .isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        assertThat(further(story, ReturnStatus.REFUNDED, new Money(1, "USD")).refused)
                .isEqualTo(OrderRefusal.CURRENCY_MISMATCH);
        assertThat(latest(story).status()).isEqualTo(ReturnStatus.RECEIVED);
        further(story, ReturnStatus.REFUNDED, eur(400));
        assertThat(story.order.refunds().getLast().amount()).isEqualTo(eur(400));
        assertThat(story.refundPieces("again", new LineWanted("tea", 2)).refused)
                .as("that piece has come back")
                .isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
    }

    @Test
    void onlyWhatHasArrivedCanComeBackAndNoPieceTwice() {
        Story onItsWay = Story.captured();
        assertThat(asked(onItsWay, "a", TEA).refused).isEqualTo(OrderRefusal.NOT_RETURNABLE);
        Story story = arrived();
        assertThat(asked(story, "a", new LineWanted("tea", 3)).refused).isEqualTo(OrderRefusal.NOT_RETURNABLE);
        assertThat(asked(story, "a", new LineWanted("pot", 1)).refused).isEqualTo(OrderRefusal.UNKNOWN_SKU);
        assertThat(asked(story, "a", new LineWanted("tea", 2)).refused).isNull();
        assertThat(asked(story, "b", TEA).refused).isEqualTo(OrderRefusal.NOT_RETURNABLE);
        assertThat(asked(story, "c", CUP).refused).isNull();
    }

    @Test
    void whatHasBeenPaidBackDoesNotComeBackAndWhatWasRejectedMay() {
        Story story = arrived().refundPieces("r", TEA);
        assertThat(asked(story, "a", new LineWanted("tea", 2)).refused).isEqualTo(OrderRefusal.NOT_RETURNABLE);
        asked(story, "b", TEA);
        further(story, ReturnStatus.REJECTED);
        assertThat(asked(story, "c", TEA).refused).isNull();
    }

    @Test
    void theSameRequestTwiceIsOneReturnAndItsKeyIsNoOthers() {
        Story story = asked(asked(arrived(), "a", TEA), "a", TEA);
        assertThat(story.order.returns()).hasSize(1);
        story.then(new OrderCommand.RequestReturn(Pieces.of(List.of(CUP)), "unwanted", "a", "another body"));
        assertThat(story.refused).isEqualTo(OrderRefusal.KEY_REUSED);
    }

    @Test
    void aReturnGoesNoStepThatIsNotNextAndTheSameStepAgainChangesNothing() {
        Story story = asked(arrived(), "a", TEA);
        for (ReturnStatus later : List.of(ReturnStatus.RECEIVED, ReturnStatus.REFUNDED)) {
            assertThat(further(story, later).refused).as("%s", later).isEqualTo(OrderRefusal.RETURN_ELSEWHERE);
        }
        further(story, ReturnStatus.AUTHORISED);
        long version = story.order.version();
        assertThat(further(story, ReturnStatus.AUTHORISED).refused).isNull();
        assertThat(story.order.version()).isEqualTo(version);
        further(story, ReturnStatus.REJECTED);
        assertThat(further(story, ReturnStatus.RECEIVED).refused).isEqualTo(OrderRefusal.RETURN_ELSEWHERE);
        UUID nobodys = new UUID(0, 9);
        assertThat(story.then(new OrderCommand.MoveReturn(nobodys, ReturnStatus.REJECTED, null, null)).refused)
                .isEqualTo(OrderRefusal.RETURN_NOT_FOUND);
    }

    @Test
    void whatCanBeSoldAgainIsOnTheShelfAndTheRestIsNot() {
        Story story = asked(asked(arrived(), "a", TEA), "b", CUP);
        UUID tea = story.order.returns().getFirst().id();
        UUID cup = story.order.returns().getLast().id();
        for (UUID one : List.of(tea, cup)) {
            story.then(new OrderCommand.MoveReturn(one, ReturnStatus.AUTHORISED, null, null));
        }
        assertThat(back(story, tea, Return.Condition.SELLABLE)).containsExactly(Pieces.of(List.of(TEA)));
        assertThat(back(story, tea, Return.Condition.SELLABLE)).as("once").isEmpty();
        assertThat(back(story, cup, Return.Condition.UNUSABLE)).isEmpty();
    }

    @Test
    void whatCameBackDoesNotComeBackOnceMoreWhateverBecameOfItsMoney() {
        Story failed = received(TEA);
        further(failed, ReturnStatus.REFUNDED).provider(OperationKind.REFUND, OperationStatus.ERRORED);
        Story rejected = received(TEA);
        further(rejected, ReturnStatus.REJECTED);
        for (Story story : List.of(failed, rejected)) {
            assertThat(asked(story, "b", new LineWanted("tea", 2)).refused).isEqualTo(OrderRefusal.NOT_RETURNABLE);
            assertThat(asked(story, "c", TEA).refused).as("its sister may").isNull();
        }
        assertThat(failed.refundPieces("by hand", TEA).refused)
                .as("what failed is paid by a refund of its own")
                .isNull();
    }

    @Test
    void aPieceThatArrivedComesBackThoughItsSisterWasLostAndPaidBack() {
        Story story = Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.LOST)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED)
                .refundPieces("lost", TEA)
                .sent("b", TEA)
                .carrier(ShipmentStatus.DELIVERED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(asked(story, "a", TEA).refused).isNull();
        assertThat(asked(story, "b", TEA).refused).isEqualTo(OrderRefusal.NOT_RETURNABLE);
    }

    @Test
    void aStepThatSaysOtherwiseThanBeforeIsRefused() {
        Story story = received(TEA);
        UUID id = latest(story).id();
        OrderCommand toTheShelf =
                new OrderCommand.MoveReturn(id, ReturnStatus.RECEIVED, Return.Condition.SELLABLE, null);
        assertThat(story.then(toTheShelf).refused).isEqualTo(OrderRefusal.RETURN_ELSEWHERE);
        further(story, ReturnStatus.REFUNDED, eur(400));
        assertThat(further(story, ReturnStatus.REFUNDED, eur(400)).refused).isNull();
        assertThat(further(story, ReturnStatus.REFUNDED).refused).isEqualTo(OrderRefusal.RETURN_ELSEWHERE);
        assertThat(story.order.refunds()).hasSize(1);
    }

    @Test
    void aReturnComesBackFromTheDocument() {
        for (Order order : List.of(asked(arrived(), "a", TEA, CUP).order, received(TEA).order)) {
            assertThat(OrderDocument.read(OrderDocument.write(order))).isEqualTo(order);
        }
    }

    private static Story arrived() {
        return Story.captured().carrier(ShipmentStatus.DELIVERED);
    }

    private static Story received(LineWanted... pieces) {
        Story story = asked(arrived(), "a", pieces);
        return further(further(story, ReturnStatus.AUTHORISED), ReturnStatus.RECEIVED);
    }

    private static Story asked(Story story, String key, LineWanted... pieces) {
        return story.then(
                new OrderCommand.RequestReturn(Pieces.of(List.of(pieces)), "unwanted", key, "body of " + key));
    }

    private static Story further(Story story, ReturnStatus status) {
        return further(story, status, null);
    }

    private static Story further(Story story, ReturnStatus status, @Nullable Money amount) {
        Return.Condition condition = status == ReturnStatus.RECEIVED ? Return.Condition.UNUSABLE : null;
        return story.then(new OrderCommand.MoveReturn(latest(story).id(), status, condition, amount));
    }

    /** What a receipt puts on the shelf. */
    private static List<Pieces> back(Story story, UUID id, Return.Condition condition) {
        Decision decision = OrderDecider.decide(
                story.order,
                new OrderCommand.MoveReturn(id, ReturnStatus.RECEIVED, condition, null),
                story.rules,
                story.now);
        Decision.Decided decided = (Decision.Decided) decision;
        story.order = decided.order();
        return decided.events().stream()
                .map(Decision.Happened::event)
                .filter(OrderEvent.StockReturned.class::isInstance)
                .map(event -> ((OrderEvent.StockReturned) event).pieces())
                .toList();
    }

    private static Return latest(Story story) {
        return story.order.returns().getLast();
    }

    private static Money eur(long minor) {
        return new Money(minor, "EUR");
    }
}
