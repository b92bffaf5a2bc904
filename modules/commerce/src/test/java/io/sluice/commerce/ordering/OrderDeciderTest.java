package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Tariffs;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class OrderDeciderTest {

    /** Not what was asked for. */
    private static final Money ANOTHER = new Money(2499, "EUR");

    @Test
    void anAcceptedOrderHoldsItsStockAndHasItsMoneyAuthorised() {
        Story story = Story.placed();
        assertThat(story.order.state()).isEqualTo(OrderState.PLACED);
        assertThat(story.order.held()).isEqualTo(story.order.ordered());
        assertThat(story.order.total()).isEqualTo(new Money(2500, "EUR"));
        assertThat(story.count(Effect.Kind.AUTHORISE)).isEqualTo(1);
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("pending");
        assertThat(OperationIds.order(story.last(OperationKind.AUTHORIZE).id())).isEqualTo(Story.ORDER);
    }

    @Test
    void anAuthorisedOrderIsConfirmedAndSentAndCapturedOnceTheCarrierHasIt() {
        Story story = Story.authorised();
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(story.count(Effect.Kind.DISPATCH)).isEqualTo(1);
        assertThat(story.count(Effect.Kind.CAPTURE))
                .as("not before the carrier has it")
                .isZero();

        story.carrier(ShipmentStatus.ACCEPTED);
        assertThat(story.order.committed()).isEqualTo(story.order.ordered());
        assertThat(story.count(Effect.Kind.CAPTURE)).isEqualTo(1);
    }

    @Test
    void withoutAutoDispatchAnAuthorisedOrderIsConfirmedAndWaits() {
        Story story = Story.placed();
        story.rules = new OrderRules(false, Duration.ofDays(1), Duration.ofDays(7), Tariffs.NOTHING);
        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(story.order.held()).isEqualTo(story.order.ordered());
        assertThat(story.order.shipments()).isEmpty();
        assertThat(story.count(Effect.Kind.DISPATCH)).isZero();
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("authorised");

        story.then(new OrderCommand.Cancel());
        assertThat(story.count(Effect.Kind.VOID))
                .as("it can still be cancelled")
                .isEqualTo(1);
    }

    @Test
    void anOrderIsClosedWhenItIsPaidAndDeliveredInWhicheverOrder() {
        Story paidFirst = Story.captured().carrier(ShipmentStatus.DELIVERED);
        assertThat(paidFirst.order.state()).isEqualTo(OrderState.CLOSED);
        Story deliveredFirst = Story.authorised()
                .carrier(ShipmentStatus.ACCEPTED)
                .carrier(ShipmentStatus.DELIVERED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(deliveredFirst.order.state()).isEqualTo(OrderState.CLOSED);
        assertThat(Story.captured().order.state()).as("paid alone").isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void aDeclinedOrderIsRejectedAndGivesItsStockBack() {
        Story story = Story.placed().provider(OperationKind.AUTHORIZE, OperationStatus.DECLINED);
        assertThat(story.order.state()).isEqualTo(OrderState.REJECTED);
        assertThat(story.order.released()).isEqualTo(story.order.ordered());
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("declined");
    }

    @Test
    void aSilentProviderIsAskedAndNeverTakenForANo() {
        Story story = Story.placed();
        UUID id = story.last(OperationKind.AUTHORIZE).id();
        story.then(new OrderCommand.OperationSilent(id));
        assertThat(story.last(OperationKind.AUTHORIZE).status()).isEqualTo(OperationStatus.UNKNOWN);
        assertThat(story.order.state()).isEqualTo(OrderState.PLACED);
        assertThat(story.count(Effect.Kind.ASK_PROVIDER)).isEqualTo(1);

        story.then(new OrderCommand.ResendOperation(id));
        assertThat(story.count(Effect.Kind.AUTHORISE))
                .as("once more under the same key")
                .isEqualTo(2);
        story.then(new OrderCommand.OperationSilent(id));
        assertThat(story.count(Effect.Kind.ASK_PROVIDER))
                .as("silent again, asked again")
                .isEqualTo(2);
        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void anAmountThatIsNotWhatWasAskedHoldsTheOrder() {
        Story story = Story.placed();
        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED, ANOTHER);
        assertThat(story.last(OperationKind.AUTHORIZE).status()).isEqualTo(OperationStatus.CONFLICTED);
        assertThat(story.order.state()).isEqualTo(OrderState.ON_HOLD);
        assertThat(story.order.hold()).isEqualTo(HoldReason.CONFLICT);
        assertThat(story.count(Effect.Kind.DISPATCH)).isZero();
    }

    @Test
    void aSuccessThatDoesNotSayHowMuchIsNoMatch() {
        for (OperationKind kind : List.of(OperationKind.AUTHORIZE, OperationKind.CAPTURE, OperationKind.REFUND)) {
            Story story = switch (kind) {
                case CAPTURE -> Story.authorised().carrier(ShipmentStatus.ACCEPTED);
                case REFUND -> Story.captured().refund(100L, "a");
                default -> Story.placed();
            };
            story.provider(kind, OperationStatus.SUCCEEDED, null);
            assertThat(story.last(kind).status()).as("%s", kind).isEqualTo(OperationStatus.CONFLICTED);
            assertThat(story.order.hold()).isEqualTo(HoldReason.CONFLICT);
        }
    }

    @Test
    void anOrderHeldForItsAmountIsVoidedWhenItIsCancelled() {
        Story story = Story.placed()
                .provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED, ANOTHER)
                .then(new OrderCommand.Cancel());
        assertThat(story.count(Effect.Kind.VOID)).isEqualTo(1);
        assertThat(story.order.state()).as("not before the money is free").isEqualTo(OrderState.CANCELLING);
        story.provider(OperationKind.VOID, OperationStatus.SUCCEEDED, ANOTHER);
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(story.order.released()).isEqualTo(story.order.ordered());
    }

    @Test
    void moneyOfAnotherAmountThatComesAfterTheCancellationGoesBack() {
        Story story = Story.placed()
                .then(new OrderCommand.Cancel())
                .provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED, ANOTHER);
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLING);
        assertThat(story.count(Effect.Kind.VOID)).isEqualTo(1);
    }

    @Test
    void repeatedAndLateWordsChangeNothing() {
        Story story = Story.captured().carrier(ShipmentStatus.OUT_FOR_DELIVERY);
        long version = story.order.version();
        int effects = story.effects.size();
        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED)
                .provider(OperationKind.AUTHORIZE, OperationStatus.DECLINED)
                .provider(OperationKind.CAPTURE, OperationStatus.PENDING)
                .carrier(ShipmentStatus.ACCEPTED)
                .carrier(ShipmentStatus.IN_TRANSIT)
                .carrier(ShipmentStatus.OUT_FOR_DELIVERY);
        assertThat(story.order.version()).isEqualTo(version);
        assertThat(story.effects).hasSize(effects);
    }

    @Test
    void aCallbackThatOvertakesTheCarriersAnswerCommitsAndCaptures() {
        Story story = Story.authorised().carrier(ShipmentStatus.IN_TRANSIT);
        assertThat(story.order.committed()).isEqualTo(story.order.ordered());
        assertThat(story.count(Effect.Kind.CAPTURE)).isEqualTo(1);
        story.carrier(ShipmentStatus.ACCEPTED);
        assertThat(story.count(Effect.Kind.CAPTURE)).isEqualTo(1);
    }

    @Test
    void anOrderThatIsCancelledBeforeItIsAuthorisedWaitsAndVoidsALateSuccess() {
        Story story = Story.placed().then(new OrderCommand.Cancel());
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLING);
        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
        assertThat(story.count(Effect.Kind.VOID)).isEqualTo(1);
        assertThat(story.count(Effect.Kind.DISPATCH)).isZero();
        story.provider(OperationKind.VOID, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(story.order.released()).isEqualTo(story.order.ordered());
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("voided");
    }

    @Test
    void anOrderThatWaitsForItsBuyerIsVoidedWhenItIsCancelledOrGivenUp() {
        Map<OrderCommand, OrderState> ends =
                Map.of(new OrderCommand.Cancel(), OrderState.CANCELLED, new OrderCommand.Expire(), OrderState.EXPIRED);
        ends.forEach((end, state) -> {
            Story story = Story.placed()
                    .provider(OperationKind.AUTHORIZE, OperationStatus.REQUIRES_ACTION)
                    .then(end)
                    .provider(OperationKind.VOID, OperationStatus.SUCCEEDED);
            assertThat(story.order.state()).isEqualTo(state);
            assertThat(story.order.released()).isEqualTo(story.order.ordered());
            assertThat(story.order.operations())
                    .noneMatch(operation -> operation.status().isOpen());
        });
    }

    @Test
    void anOrderExpiresOnlyWhileItsBuyerIsAwaitedAndALateSuccessGoesBack() {
        Story expired = Story.placed()
                .provider(OperationKind.AUTHORIZE, OperationStatus.REQUIRES_ACTION)
                .then(new OrderCommand.Expire());
        assertThat(expired.order.state()).isEqualTo(OrderState.EXPIRED);
        expired.provider(OperationKind.VOID, OperationStatus.ERRORED)
                .provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
        assertThat(expired.count(Effect.Kind.VOID))
                .as("the first void failed; the money came after it")
                .isEqualTo(2);
        assertThat(expired.count(Effect.Kind.DISPATCH)).isZero();

        Story unknown = Story.placed()
                .provider(OperationKind.AUTHORIZE, OperationStatus.UNKNOWN)
                .then(new OrderCommand.Expire());
        assertThat(unknown.order.state()).as("the provider may be at work").isEqualTo(OrderState.PLACED);
        Story paid = Story.authorised().then(new OrderCommand.Expire());
        assertThat(paid.order.state())
                .as("an order that is paid does not expire")
                .isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void aBuyerIsToldWhereToGoEvenIfACallbackSaidFirstThatTheyAreAwaited() {
        Story story = Story.placed().provider(OperationKind.AUTHORIZE, OperationStatus.REQUIRES_ACTION);
        assertThat(OrderStatuses.nextAction(story.order)).isEmpty();
        assertThat(story.effects)
                .as("the provider is asked soon")
                .contains(new Effect(
                        Effect.Kind.ASK_PROVIDER,
                        story.last(OperationKind.AUTHORIZE).id(),
                        OrderDecider.FIRST_QUESTION));

        Story told = story.then(awaited(story, "https://bank.example/1"));
        assertThat(OrderStatuses.nextAction(told.order)).contains("https://bank.example/1");
        Order before = told.order;
        assertThat(told.then(awaited(told, "https://bank.example/2")).order)
                .as("what is known is not said again")
                .isEqualTo(before);
    }

    private static OrderCommand awaited(Story story, String where) {
        return new OrderCommand.RecordOperation(
                story.last(OperationKind.AUTHORIZE).id(), OperationStatus.REQUIRES_ACTION, null, "ref", where, null);
    }

    @Test
    void anOrderThatIsOnItsWayIsNotCancelled() {
        Story story = Story.authorised().then(new OrderCommand.Cancel());
        assertThat(story.refused).isEqualTo(OrderRefusal.NOT_CANCELLABLE);
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void cancellingTwiceIsCancellingOnce() {
        Story story = Story.placed().then(new OrderCommand.Cancel());
        long version = story.order.version();
        story.then(new OrderCommand.Cancel());
        assertThat(story.refused).isNull();
        assertThat(story.order.version()).isEqualTo(version);
    }

    @Test
    void aParcelThatTheCarrierRefusesOrTheGateHoldsPutsTheOrderOnHold() {
        assertThat(Story.authorised().carrier(ShipmentStatus.CANCELLED).order.hold())
                .isEqualTo(HoldReason.ADDRESS);
        assertThat(Story.held(HoldReason.AGREEMENT).order.hold()).isEqualTo(HoldReason.AGREEMENT);
    }

    @Test
    void anOrderWhoseParcelIsHeldCanBeCancelled() {
        Story story = Story.held(HoldReason.CONSENT).then(new OrderCommand.Cancel());
        assertThat(story.refused).isNull();
        assertThat(story.count(Effect.Kind.VOID)).isEqualTo(1);
        story.provider(OperationKind.VOID, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void aParcelThatIsOutAlreadyIsNotHeldAndOneThatWentOutAfterAllIsAConflict() {
        Story out = Story.authorised().carrier(ShipmentStatus.ACCEPTED);
        out.then(new OrderCommand.HoldShipment(out.order.shipments().getLast().id(), HoldReason.CONSENT));
        assertThat(out.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(out.order.shipments().getLast().status()).isEqualTo(ShipmentStatus.ACCEPTED);

        Story takenBack =
                Story.held(HoldReason.CONSENT).then(new OrderCommand.Cancel()).carrier(ShipmentStatus.IN_TRANSIT);
        assertThat(takenBack.order.hold()).isEqualTo(HoldReason.CONFLICT);
    }

    @Test
    void historyThatCannotHaveHappenedIsRefused() {
        Order closed = Story.captured().carrier(ShipmentStatus.DELIVERED).order;
        assertThatThrownBy(() -> closed.evolve(new OrderEvent.OrderRejected()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.evolve(new OrderEvent.StockReleased(closed.ordered())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOrderComesBackFromItsDocumentAsItWas() {
        Order order = Story.captured().refund(100L, "a").order;
        assertThat(OrderDocument.read(OrderDocument.write(order))).isEqualTo(order);
        Story pieces = Story.captured();
        pieces.refundPieces("a", new LineWanted("tea", 1));
        assertThat(OrderDocument.read(OrderDocument.write(pieces.order))).isEqualTo(pieces.order);
        Order held = Story.held(HoldReason.CONSENT).order;
        assertThat(OrderDocument.read(OrderDocument.write(held))).isEqualTo(held);
    }

    @Test
    void aParcelThatIsBackIsBackWhicheverWordComesFirst() {
        for (ShipmentStatus before : new ShipmentStatus[] {
            ShipmentStatus.IN_TRANSIT, ShipmentStatus.EXCEPTION, ShipmentStatus.DELIVERED, ShipmentStatus.RETURNING
        }) {
            Story story = Story.captured().carrier(before).carrier(ShipmentStatus.RETURNED);
            story.carrier(ShipmentStatus.RETURNING);
            assertThat(story.order.shipments().getLast().status())
                    .as("after %s", before)
                    .isEqualTo(ShipmentStatus.RETURNED);
            assertThat(OrderStatuses.fulfilment(story.order)).isEqualTo("returned");
        }
    }

    @Test
    void aParcelOfWhichNothingWasHeardUntilItCameBackHasGoneOutAndIsPaidFor() {
        for (ShipmentStatus first : new ShipmentStatus[] {ShipmentStatus.RETURNING, ShipmentStatus.RETURNED}) {
            Story story = Story.authorised();
            story.then(new OrderCommand.ShipmentSilent(
                    story.order.shipments().getLast().id()));
            story.carrier(first);
            assertThat(story.order.committed()).isEqualTo(story.order.ordered());
            assertThat(story.count(Effect.Kind.CAPTURE)).isEqualTo(1);
        }
    }
}
