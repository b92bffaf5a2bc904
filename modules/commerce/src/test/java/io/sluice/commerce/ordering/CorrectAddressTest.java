package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When an order may still go elsewhere, and what becomes of one that waited for that. */
final class CorrectAddressTest {

    @Test
    void whatHasNotGoneOutMayGoElsewhereWhateverItsMoneyDoes() {
        assertThat(corrected(Story.placed(), null).refused).isNull();
        assertThat(corrected(Story.waiting(), null).refused).isNull();
        Story partlyOut = Story.waiting().sent("a", new LineWanted("cup", 1)).carrier(ShipmentStatus.IN_TRANSIT);
        long version = partlyOut.order.version();
        assertThat(corrected(partlyOut, version).order.version()).isEqualTo(version + 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ShipmentStatus.class,
            names = {"REQUESTED", "UNKNOWN"})
    void whileACarrierIsBeingToldNobodyCanSayWhereTo(ShipmentStatus status) {
        Story story = Story.waiting().sent("a", new LineWanted("cup", 1));
        if (status == ShipmentStatus.UNKNOWN) {
            story.then(new OrderCommand.ShipmentSilent(
                    story.order.shipments().getLast().id()));
        }
        assertThat(corrected(story, null).refused).isEqualTo(OrderRefusal.NOT_READDRESSABLE);
        assertThat(corrected(story.carrier(ShipmentStatus.ACCEPTED), null).refused)
                .as("the rest, once it is told")
                .isNull();
    }

    @Test
    void whatIsOutOrOverGoesNowhereElse() {
        assertThat(corrected(Story.captured(), null).refused)
                .as("all is out")
                .isEqualTo(OrderRefusal.NOT_READDRESSABLE);
        Story rejected = Story.placed().provider(OperationKind.AUTHORIZE, OperationStatus.DECLINED);
        assertThat(corrected(rejected, null).refused).isEqualTo(OrderRefusal.NOT_READDRESSABLE);
        Story leaving = Story.waiting().then(new OrderCommand.Cancel());
        assertThat(corrected(leaving, null).refused).isEqualTo(OrderRefusal.NOT_READDRESSABLE);
    }

    @Test
    void whoHasSeenItOtherwiseDoesNotChangeIt() {
        Story story = Story.waiting();
        long version = story.order.version();
        assertThat(corrected(story, version - 1).refused).isEqualTo(OrderRefusal.CHANGED_MEANWHILE);
        assertThat(story.order.version()).isEqualTo(version);
        assertThat(corrected(story, version).refused).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = HoldReason.class,
            names = {"ADDRESS", "CONSENT", "AGREEMENT"})
    void onlyWhoWaitedForABetterAddressGoesOnByIt(HoldReason reason) {
        Story story = corrected(Story.held(reason), null);
        boolean wasForIt = reason == HoldReason.ADDRESS;
        assertThat(story.order.state()).isEqualTo(wasForIt ? OrderState.CONFIRMED : OrderState.ON_HOLD);
        assertThat(story.count(Effect.Kind.DISPATCH)).isEqualTo(wasForIt ? 2 : 1);
    }

    @Test
    @Clause("C7")
    void whatAPersonLooksAtStaysAsItIsAndWhatGoesElsewhereAfterwardsIsLookedAtAnew() {
        Story suspect = Story.waiting().sent("a", new LineWanted("cup", 1));
        suspect.then(new OrderCommand.HoldShipment(
                suspect.order.shipments().getLast().id(), HoldReason.FRAUD, "fraud.abroad"));
        assertThat(corrected(suspect, null).refused).isEqualTo(OrderRefusal.NOT_READDRESSABLE);
        suspect.then(new OrderCommand.Release());
        assertThat(suspect.order.isCleared()).isTrue();
        assertThat(corrected(suspect, null).order.isCleared()).isFalse();
    }

    @Test
    void nothingOfTheOldAddressRestsBesideTheNewOneAndNothingElseIsTouched() {
        Map<Field<String>, Sealed> before = Map.of(
                CommerceFields.DELIVERY_CITY, sealed(1),
                CommerceFields.DELIVERY_LINE2, sealed(2),
                CommerceFields.PAYMENT_METHOD, sealed(3),
                CommerceFields.RECIPIENT_NAME, sealed(4));
        Map<Field<String>, Sealed> after =
                SealedFields.readdressed(before, Map.of(CommerceFields.DELIVERY_CITY, sealed(5)));
        assertThat(after.keySet())
                .isEqualTo(Set.of(
                        CommerceFields.DELIVERY_CITY, CommerceFields.PAYMENT_METHOD, CommerceFields.RECIPIENT_NAME));
        assertThat(after.get(CommerceFields.DELIVERY_CITY)).isEqualTo(sealed(5));
        assertThat(after.get(CommerceFields.PAYMENT_METHOD)).isEqualTo(sealed(3));
    }

    private static Sealed sealed(int mark) {
        return Sealed.of(new byte[] {(byte) mark});
    }

    private static Story corrected(Story story, @Nullable Long seen) {
        return story.then(
                new OrderCommand.CorrectAddress(seen, Story.HOME, Map.of(CommerceFields.DELIVERY_CITY, sealed(1))));
    }
}
