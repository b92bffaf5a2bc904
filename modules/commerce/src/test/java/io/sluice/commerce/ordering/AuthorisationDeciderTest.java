package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An authorisation stands for seven days; then what nobody has taken of it is free, and an order that still needs it asks anew. */
final class AuthorisationDeciderTest {

    private static final LineWanted TEA = new LineWanted("tea", 1);
    private static final LineWanted CUP = new LineWanted("cup", 1);

    @Test
    void theEndOfAnAuthorisationIsWatchedWhileItsOrderWaits() {
        Story story = Story.waiting();
        assertThat(term(story)).isEqualTo(Duration.ofDays(7));
        story.now = story.now.plus(Duration.ofDays(2));
        story.then(new OrderCommand.Hold());
        assertThat(term(story)).as("what is left of it").isEqualTo(Duration.ofDays(5));
    }

    @Test
    void whatGoesOutAtOnceIsNotWatched() {
        assertThat(Story.authorised().count(Effect.Kind.LAPSE)).isZero();
    }

    @Test
    void anOrderThatWaitsIsAuthorisedAnewWhenItsAuthorisationHasLapsed() {
        Story story = lapsed(Story.waiting());
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(first(story)).isEqualTo(OperationStatus.EXPIRED);
        assertThat(story.last(OperationKind.AUTHORIZE).amount()).isEqualTo(eur(2500));
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("pending");
        assertThat(story.then(new OrderCommand.Dispatch(null, "early", "f")).refused)
                .as("nothing goes out unpaid")
                .isEqualTo(OrderRefusal.NOT_DISPATCHABLE);

        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED)
                .then(new OrderCommand.Dispatch(null, "a", "f"))
                .carrier(ShipmentStatus.ACCEPTED);
        assertThat(story.last(OperationKind.CAPTURE).onReference())
                .isEqualTo(story.last(OperationKind.AUTHORIZE).reference());
        story.provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED).carrier(ShipmentStatus.DELIVERED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void onlyWhatIsStillToBeTakenIsAuthorisedAnew() {
        Story story = Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED)
                .keeping(Map.of("cup", 0));
        lapsed(story);
        assertThat(story.last(OperationKind.AUTHORIZE).amount()).isEqualTo(eur(1000));
    }

    @Test
    void anOrderThatIsDeclinedAnewIsCancelledAndItsStockIsFree() {
        Story story = lapsed(Story.waiting()).provider(OperationKind.AUTHORIZE, OperationStatus.DECLINED);
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(story.order.released()).isEqualTo(story.order.ordered());
        assertThat(story.count(Effect.Kind.VOID)).as("nothing is held").isZero();
    }

    @Test
    void ofAnOrderThatIsDeclinedAnewOnlyWhatHasNotGoneOutIsGivenUp() {
        Story story = Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.DELIVERED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        lapsed(story).provider(OperationKind.AUTHORIZE, OperationStatus.DECLINED);
        assertThat(story.order.released()).isEqualTo(Pieces.of(List.of(TEA, CUP)));
        assertThat(story.order.state()).as("paid and delivered").isEqualTo(OrderState.CLOSED);
    }

    @Test
    void aBuyerWhoDoesNotComeBackForTheNewAuthorisationLosesTheOrder() {
        Story story = lapsed(Story.waiting()).provider(OperationKind.AUTHORIZE, OperationStatus.REQUIRES_ACTION);
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
        story.then(new OrderCommand.Expire());
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLING);
        story.provider(OperationKind.VOID, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void aBuyerWhoComesBackOnlyAfterAPartWentOutLosesTheRest() {
        Story story = Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.DELIVERED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        lapsed(story)
                .provider(OperationKind.AUTHORIZE, OperationStatus.REQUIRES_ACTION)
                .then(new OrderCommand.Expire());
        assertThat(story.order.left().isEmpty()).isTrue();
        assertThat(story.last(OperationKind.VOID).amount()).isEqualTo(eur(1500));
        assertThat(story.order.state()).as("not before that is let go").isEqualTo(OrderState.CONFIRMED);
        story.provider(OperationKind.VOID, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void theProvidersWordForTheEndCountsBeforeOurTerm() {
        Story story = Story.waiting();
        story.then(said(story.last(OperationKind.AUTHORIZE).id(), OperationStatus.EXPIRED));
        assertThat(first(story)).isEqualTo(OperationStatus.EXPIRED);
        assertThat(story.count(Effect.Kind.AUTHORISE)).isEqualTo(2);
    }

    @Test
    void aCaptureThatCameTooLateIsAskedForOutOfANewAuthorisation() {
        Story story = Story.authorised().carrier(ShipmentStatus.ACCEPTED);
        story.then(new OrderCommand.RecordOperation(
                story.last(OperationKind.CAPTURE).id(),
                OperationStatus.ERRORED,
                null,
                "r",
                null,
                AuthorisationDecider.TOO_LATE));
        assertThat(first(story)).isEqualTo(OperationStatus.EXPIRED);
        story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
        assertThat(story.count(Effect.Kind.CAPTURE)).isEqualTo(2);
        story.provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED).carrier(ShipmentStatus.DELIVERED);
        assertThat(story.order.state()).isEqualTo(OrderState.CLOSED);
    }

    @Test
    void aCaptureThatFailedForAnotherReasonIsADebtUntilTheAuthorisationLapses() {
        Story story = Story.authorised()
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.DECLINED);
        assertThat(first(story)).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(story.count(Effect.Kind.AUTHORISE)).isEqualTo(1);
        assertThat(lapsed(story).last(OperationKind.AUTHORIZE).amount())
                .as("then it is asked for anew")
                .isEqualTo(eur(2500));
    }

    @Test
    void whatIsTakenWhollyDoesNotLapse() {
        Story story = Story.captured();
        long version = story.order.version();
        lapsed(story);
        assertThat(story.order.version()).isEqualTo(version);
    }

    @Test
    void anOrderOnHoldIsAuthorisedAnewWhenItIsReleased() {
        Story story = lapsed(Story.waiting().then(new OrderCommand.Hold()));
        assertThat(first(story)).isEqualTo(OperationStatus.EXPIRED);
        assertThat(story.count(Effect.Kind.AUTHORISE)).as("nobody knows yet").isEqualTo(1);
        assertThat(OrderStatuses.payment(story.order)).isEqualTo("expired");
        story.then(new OrderCommand.Release());
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(story.count(Effect.Kind.AUTHORISE)).isEqualTo(2);
    }

    @Test
    void anOrderThatNobodyPaidWhileItWasOnHoldIsRejectedWhenItIsReleased() {
        Story story = Story.placed()
                .provider(OperationKind.AUTHORIZE, OperationStatus.REQUIRES_ACTION)
                .then(new OrderCommand.Hold())
                .provider(OperationKind.AUTHORIZE, OperationStatus.EXPIRED)
                .then(new OrderCommand.Release());
        assertThat(story.order.state()).isEqualTo(OrderState.REJECTED);
        assertThat(story.count(Effect.Kind.AUTHORISE))
                .as("nobody is asked anew")
                .isEqualTo(1);
    }

    @Test
    void aNewAuthorisationOfAnotherAmountIsLetGoAndAPersonLooks() {
        Story story = Story.waiting()
                .sent("a", TEA)
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        lapsed(story).provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED, eur(1499));
        assertThat(story.order.hold()).isEqualTo(HoldReason.CONFLICT);
        assertThat(story.last(OperationKind.VOID).onReference())
                .isEqualTo(story.last(OperationKind.AUTHORIZE).reference());
        story.provider(OperationKind.VOID, OperationStatus.SUCCEEDED).then(new OrderCommand.Release());
        assertThat(story.order.state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(story.count(Effect.Kind.AUTHORISE)).as("asked for once more").isEqualTo(3);
    }

    @Test
    void anOrderWhoseBooksDisagreeIsNotReleasedWhileItCanBeCancelled() {
        Story story = Story.placed().provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED, eur(1));
        assertThat(story.then(new OrderCommand.Release()).refused).isEqualTo(OrderRefusal.NOT_REVIEWABLE);
    }

    @Test
    void aSuccessAfterADeclineOfAnOrderThatIsOverIsLetGoByItself() {
        Story story = Story.placed()
                .provider(OperationKind.AUTHORIZE, OperationStatus.DECLINED)
                .provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
        assertThat(story.order.state()).isEqualTo(OrderState.REJECTED);
        assertThat(story.last(OperationKind.VOID).amount()).isEqualTo(eur(2500));
    }

    @Test
    void aCaptureThatWasDeclinedDoesNotSucceedLater() {
        Story story = Story.authorised()
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.DECLINED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        assertThat(story.last(OperationKind.CAPTURE).status()).isEqualTo(OperationStatus.DECLINED);
    }

    @Test
    void anOrderThatIsCancelledWhileItsBankSaysNoIsFreeThoughThereWasNothingToLetGo() {
        Story story = Story.placed()
                .provider(OperationKind.AUTHORIZE, OperationStatus.REQUIRES_ACTION)
                .then(new OrderCommand.Cancel())
                .provider(OperationKind.AUTHORIZE, OperationStatus.DECLINED)
                .provider(OperationKind.VOID, OperationStatus.ERRORED);
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void aProviderThatKeepsSayingTooLateIsNotAskedForEver() {
        Story story = Story.authorised().carrier(ShipmentStatus.ACCEPTED);
        for (int i = 0; i < 10; i++) {
            story.then(new OrderCommand.RecordOperation(
                    story.last(OperationKind.CAPTURE).id(),
                    OperationStatus.ERRORED,
                    null,
                    "r",
                    null,
                    AuthorisationDecider.TOO_LATE));
            story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
        }
        assertThat(story.count(Effect.Kind.AUTHORISE)).isEqualTo(4);
        assertThat(OrderMoney.owed(story.order)).as("the debt stands").isEqualTo(eur(2500));
    }

    @Test
    void theFirstNameThatAProviderGivesAnOperationStays() {
        Story story = Story.waiting();
        UUID id = story.last(OperationKind.AUTHORIZE).id();
        story.then(new OrderCommand.RecordOperation(id, OperationStatus.EXPIRED, null, "another", null, null));
        assertThat(story.order.operation(id).orElseThrow().reference()).isEqualTo("ref-" + id);
    }

    @Test
    void anOrderThatIsCancelledAfterItsAuthorisationLapsedIsFreeAtOnce() {
        Story story = lapsed(Story.waiting().then(new OrderCommand.Hold())).then(new OrderCommand.Cancel());
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(story.count(Effect.Kind.VOID)).isZero();
    }

    @Test
    void anAuthorisationThatCouldNotBeLetGoIsFreeWhenItLapses() {
        Story story =
                Story.waiting().then(new OrderCommand.Cancel()).provider(OperationKind.VOID, OperationStatus.ERRORED);
        assertThat(story.order.hold()).isEqualTo(HoldReason.CONFLICT);
        lapsed(story).then(new OrderCommand.Cancel());
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void aVoidThatFailsAfterTheEndHadNothingToLetGo() {
        Story story = Story.waiting().then(new OrderCommand.Cancel());
        story.now = Objects.requireNonNull(story.last(OperationKind.AUTHORIZE).until());
        story.provider(OperationKind.VOID, OperationStatus.ERRORED);
        assertThat(first(story)).isEqualTo(OperationStatus.EXPIRED);
        assertThat(story.order.state()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void nothingIsAskedForWhileAnEarlierAnswerIsAwaited() {
        Story story = lapsed(Story.authorised()
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.DECLINED));
        assertThat(story.count(Effect.Kind.AUTHORISE)).isEqualTo(2);
        story.then(new OrderCommand.CaptureOwed());
        assertThat(story.count(Effect.Kind.AUTHORISE)).isEqualTo(2);
    }

    @Test
    void aTermOfNothingIsRefused() {
        assertThat(Story.waiting().then(new OrderCommand.AuthorisationLapsed(new UUID(0, 7))).refused)
                .isEqualTo(OrderRefusal.NOT_FOUND);
    }

    @Test
    void anAuthorisationsEndComesBackFromTheDocument() {
        Order order = Story.waiting().order;
        assertThat(OrderDocument.read(OrderDocument.write(order))).isEqualTo(order);
        assertThat(order.authorisation().until()).isEqualTo(Story.NOW.plus(Duration.ofDays(7)));
    }

    /** The term of the latest authorisation passes. */
    private static Story lapsed(Story story) {
        var authorisation = story.last(OperationKind.AUTHORIZE);
        story.now = Objects.requireNonNull(authorisation.until());
        return story.then(new OrderCommand.AuthorisationLapsed(authorisation.id()));
    }

    private static Duration term(Story story) {
        return story.effects.stream()
                .filter(effect -> effect.kind() == Effect.Kind.LAPSE)
                .reduce((first, second) -> second)
                .orElseThrow()
                .delay();
    }

    private static OperationStatus first(Story story) {
        return story.order
                .all(OperationKind.AUTHORIZE)
                .findFirst()
                .orElseThrow()
                .status();
    }

    private static OrderCommand said(UUID operation, OperationStatus status) {
        return new OrderCommand.RecordOperation(operation, status, null, null, null, null);
    }

    private static Money eur(long minor) {
        return new Money(minor, "EUR");
    }
}
