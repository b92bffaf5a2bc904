package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.refund.RefundStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An order of two tea (10.00 each) and a cup (5.00) that does not go out as one, or gets smaller on its way. */
final class SplitOrderTest {

    private static final LineWanted TEA = new LineWanted("tea", 1);
    private static final LineWanted CUP = new LineWanted("cup", 1);

    @Test
    void eachParcelIsTakenForAsItGoesOutAndTheLastOneLetsGoOfTheRest() {
        Story story = Story.waiting().sent("a", TEA).carrier(ShipmentStatus.ACCEPTED);
        assertThat(taken(story)).isEqualTo(eur(1000));
        assertThat(story.last(OperationKind.CAPTURE).isFinal()).isFalse();
        assertThat(story.order.left()).isEqualTo(Pieces.of(List.of(TEA, CUP)));
        story.provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("partially_captured");

        story.sent("b", TEA, CUP).carrier(ShipmentStatus.ACCEPTED);
        assertThat(taken(story)).isEqualTo(eur(1500));
        assertThat(story.last(OperationKind.CAPTURE).isFinal()).isTrue();
        story.provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("captured");
        assertThat(story.count(Effect.Kind.VOID)).isZero();
    }

    @Test
    void theLastCaptureDoesNotLetGoWhileAnEarlierOneHasYetToTakeItsShare() {
        Story story = Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.ACCEPTED)
                .sent("b", TEA, CUP)
                .carrier(ShipmentStatus.ACCEPTED);
        assertThat(story.order.all(OperationKind.CAPTURE)).hasSize(2).noneMatch(Operation::isFinal);
    }

    @Test
    void anOrderClosesOnceAllItsParcelsHaveArrivedAndNotBefore() {
        Story story = Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.DELIVERED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(OrderStatuses.fulfilment(story.order))
                .as("the rest is still here")
                .isEqualTo("in_transit");

        story.sent("b", TEA, CUP)
                .carrier(ShipmentStatus.DELIVERED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
        assertThat(OrderStatuses.fulfilment(story.order)).isEqualTo("delivered");
    }

    @Test
    void onlyWhatIsLeftCanBeSent() {
        Story story = Story.waiting().sent("a", new LineWanted("tea", 2));
        assertThat(story.sent("b", TEA).refused).isEqualTo(OrderRefusal.NOT_DISPATCHABLE);
        assertThat(story.sent("c", new LineWanted("pot", 1)).refused).isEqualTo(OrderRefusal.UNKNOWN_SKU);
        assertThat(story.sent("d", CUP).refused).isNull();
        assertThat(story.then(new OrderCommand.Dispatch(null, "e", "f")).refused)
                .as("nothing is left")
                .isEqualTo(OrderRefusal.NOT_DISPATCHABLE);
        assertThat(Story.placed().sent("a", TEA).refused).as("not paid").isEqualTo(OrderRefusal.NOT_DISPATCHABLE);
    }

    @Test
    void theSameDispatchTwiceIsOneParcelAndItsKeyIsNoOthers() {
        Story story = Story.waiting().sent("a", TEA).sent("a", TEA);
        assertThat(story.refused).isNull();
        assertThat(story.order.shipments()).hasSize(1);
        story.then(new OrderCommand.Dispatch(null, "a", "another body"));
        assertThat(story.refused).isEqualTo(OrderRefusal.KEY_REUSED);
    }

    @Test
    void whatAParcelHeldThatWasCalledBackCanBeSentInAnother() {
        Story story = Story.waiting().sent("a", TEA).carrier(ShipmentStatus.CANCELLED);
        assertThat(story.order.left()).isEqualTo(story.order.ordered());
        story.then(new OrderCommand.Release()).then(new OrderCommand.Dispatch(null, "b", "f"));
        assertThat(story.refused).isNull();
        assertThat(story.order.shipments().getLast().pieces()).isEqualTo(story.order.ordered());
    }

    @Test
    void aSmallerOrderGivesItsStockFreeAndTakesLess() {
        Story story = Story.waiting().keeping(Map.of("tea", 1));
        assertThat(story.order.released()).isEqualTo(Pieces.of(List.of(TEA)));
        assertThat(story.count(Effect.Kind.VOID)).as("the capture lets go").isZero();
        story.then(new OrderCommand.Dispatch(null, "a", "f")).carrier(ShipmentStatus.ACCEPTED);
        assertThat(taken(story)).isEqualTo(eur(1500));
        assertThat(story.last(OperationKind.CAPTURE).isFinal()).isTrue();
        story.provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED).carrier(ShipmentStatus.DELIVERED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("captured");
    }

    @Test
    void sayingTheSameQuantityAgainChangesNothingAndMoreThanWasOrderedIsRefused() {
        Story story = Story.waiting().keeping(Map.of("tea", 1));
        long version = story.order.version();
        assertThat(story.keeping(Map.of("tea", 1)).order.version()).isEqualTo(version);
        assertThat(story.keeping(Map.of("tea", 2)).order.version())
                .as("given up is given up")
                .isEqualTo(version);
        assertThat(story.keeping(Map.of("tea", 3)).refused).isEqualTo(OrderRefusal.QUANTITY_RAISED);
        assertThat(story.keeping(Map.of("pot", 0)).refused).isEqualTo(OrderRefusal.UNKNOWN_SKU);
    }

    @Test
    void anOrderOfWhichNothingIsToRemainIsCancelled() {
        Story story = Story.waiting().keeping(Map.of("tea", 0, "cup", 0));
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLING);
        assertThat(story.last(OperationKind.VOID).amount()).isEqualTo(eur(2500));
    }

    @Test
    void whatIsInAParcelIsNotGivenUp() {
        Story story = Story.waiting().sent("a", TEA);
        assertThat(story.keeping(Map.of("tea", 0)).refused).isEqualTo(OrderRefusal.NOT_CANCELLABLE);
        assertThat(story.keeping(Map.of("tea", 1)).refused).isNull();
        assertThat(story.then(new OrderCommand.Cancel()).refused).isEqualTo(OrderRefusal.NOT_CANCELLABLE);
    }

    @Test
    void whatIsGivenUpAfterTheLastCaptureIsLetGoByItself() {
        Story story = Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.DELIVERED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED)
                .then(new OrderCommand.VoidRest());
        assertThat(story.last(OperationKind.VOID).amount()).isEqualTo(eur(1500));
        assertThat(story.order.state()).as("not before the money is free").isEqualTo(OrderState.CONFIRMED);
        story.provider(OperationKind.VOID, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void aRestThatTheProviderDoesNotLetGoLapsesByItselfAndStopsNobody() {
        Story story = Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.DELIVERED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED)
                .then(new OrderCommand.VoidRest())
                .provider(OperationKind.VOID, OperationStatus.ERRORED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void theRestIsNotLetGoWhileACaptureIsUnderWayOrMoneyIsOwed() {
        Story underWay =
                Story.waiting().sent("a", TEA).carrier(ShipmentStatus.ACCEPTED).then(new OrderCommand.VoidRest());
        assertThat(underWay.count(Effect.Kind.VOID)).isZero();
        underWay.provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(underWay.last(OperationKind.VOID).amount())
                .as("once it has come to rest")
                .isEqualTo(eur(1500));

        Story owed = Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.ERRORED)
                .then(new OrderCommand.VoidRest());
        assertThat(owed.count(Effect.Kind.VOID)).isZero();
        owed.then(new OrderCommand.CaptureOwed());
        assertThat(taken(owed)).isEqualTo(eur(1000));
        assertThat(owed.last(OperationKind.CAPTURE).isFinal()).isTrue();
    }

    @Test
    void staffTakeWhatIsOwedOnceAndNothingThatIsNot() {
        assertThat(Story.waiting().then(new OrderCommand.CaptureOwed()).refused).isEqualTo(OrderRefusal.NOTHING_OWED);
        Story story =
                Story.waiting().sent("a", TEA).carrier(ShipmentStatus.ACCEPTED).then(new OrderCommand.CaptureOwed());
        assertThat(story.count(Effect.Kind.CAPTURE)).as("it is being taken").isEqualTo(1);
        story.provider(OperationKind.CAPTURE, OperationStatus.DECLINED)
                .then(new OrderCommand.CaptureOwed())
                .then(new OrderCommand.CaptureOwed());
        assertThat(story.count(Effect.Kind.CAPTURE)).isEqualTo(2);
    }

    @Test
    void aRefundComesOutOfTheCapturesInTheirOrderAndOfEachAsMuchAsItHas() {
        Story story = bothTaken().refund(1200L, "a");
        List<Operation> parts = story.order.all(OperationKind.REFUND).toList();
        assertThat(parts).extracting(Operation::amount).containsExactly(eur(1000), eur(200));
        assertThat(parts)
                .extracting(Operation::onReference)
                .isEqualTo(story.order
                        .all(OperationKind.CAPTURE)
                        .map(Operation::reference)
                        .toList());
        story.refund(null, "b");
        assertThat(story.last(OperationKind.REFUND).amount())
                .as("the second one's rest")
                .isEqualTo(eur(1300));
    }

    @Test
    void aRefundIsDoneWhenAllItsPartsAreAndSaysIfOnlySomeWere() {
        Story whole = bothTaken().refund(1200L, "a");
        answer(whole, 0, OperationStatus.SUCCEEDED);
        assertThat(refund(whole)).isEqualTo(RefundStatus.EXECUTING);
        answer(whole, 1, OperationStatus.SUCCEEDED);
        assertThat(refund(whole)).isEqualTo(RefundStatus.COMPLETED);

        Story part = bothTaken().refund(1200L, "a");
        answer(part, 0, OperationStatus.ERRORED);
        answer(part, 1, OperationStatus.SUCCEEDED);
        assertThat(refund(part)).isEqualTo(RefundStatus.PARTIALLY_FAILED);
        assertThat(part.refund(null, "b").refused).as("what failed can go back").isNull();

        Story none = bothTaken().refund(1200L, "a");
        answer(none, 0, OperationStatus.ERRORED);
        answer(none, 1, OperationStatus.DECLINED);
        assertThat(refund(none)).isEqualTo(RefundStatus.FAILED);
    }

    @Test
    void onlyPiecesThatHaveGoneOutArePaidBack() {
        Story story = Story.waiting()
                .sent("a", TEA, CUP)
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(story.refundPieces("a", new LineWanted("tea", 2)).refused)
                .isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
        assertThat(story.refundPieces("b", TEA).refused).isNull();
    }

    @Test
    void anOrderOfSeveralParcelsComesBackFromItsDocumentAsItWas() {
        Order order = bothTaken().refund(1200L, "a").order;
        assertThat(OrderDocument.read(OrderDocument.write(order))).isEqualTo(order);
        Order smaller = Story.waiting().keeping(Map.of("tea", 1)).order;
        assertThat(OrderDocument.read(OrderDocument.write(smaller))).isEqualTo(smaller);
    }

    @Test
    void anOrderHasRoomForSoManyStepsAndThenStaffCanAddNoMore() {
        Story story = Story.captured();
        int refunds = 0;
        while (story.refund(1L, "k" + refunds).refused == null) {
            refunds++;
        }
        assertThat(story.refused).isEqualTo(OrderRefusal.TOO_MANY_STEPS);
        assertThat(refunds).isGreaterThan(150);
    }

    private static Story bothTaken() {
        return Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED)
                .sent("b", TEA, CUP)
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
    }

    private static void answer(Story story, int part, OperationStatus status) {
        Operation operation = story.order.all(OperationKind.REFUND).toList().get(part);
        story.then(new OrderCommand.RecordOperation(operation.id(), status, operation.amount(), "r", null, null));
    }

    private static RefundStatus refund(Story story) {
        return story.order.refunds().getFirst().status();
    }

    private static Money taken(Story story) {
        return story.last(OperationKind.CAPTURE).amount();
    }

    private static Money eur(long minor) {
        return new Money(minor, "EUR");
    }
}
