package io.sluice.guard;

import static io.sluice.guard.Shop.AMOUNT;
import static io.sluice.guard.Shop.BUYER;
import static io.sluice.guard.Shop.EMAIL;
import static io.sluice.guard.Shop.NAME;
import static io.sluice.guard.Shop.ORDER;
import static io.sluice.guard.Shop.RECIPIENT;
import static io.sluice.guard.Shop.RECORD;
import static io.sluice.guard.Shop.STREET;
import static io.sluice.guard.Shop.gift;
import static io.sluice.guard.Shop.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import io.sluice.kernel.Declared;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Plain;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.Wants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an address declares is what it can ask of a delivery, and how it is answered. */
final class AddressTest {

    private static final Wants SOME = new Wants(FieldSet.of(ORDER), FieldSet.of(NAME), FieldSet.of(EMAIL));

    private final Granted granted =
            new Granted(SOME, SOME, gift(), Map.of(NAME, Plain.of("Ada")), new FieldCounts(SOME.all()));

    @Test
    void anAddressDeclaresItsWishesInBothDirectionsAndWhereItsEffectGoes() {
        Address<Granted, Granted> address = Address.of("order.copy", Purpose.SHIPMENT)
                .reads(ORDER)
                .opens(NAME)
                .carries(EMAIL)
                .goesOutside()
                .as(all -> all)
                .answersReading(AMOUNT)
                .answersOpening(EMAIL)
                .answersCarrying(STREET)
                .as(all -> all);
        assertThat(address)
                .hasToString("order.copy")
                .satisfies(one -> assertThat(one.declared())
                        .isEqualTo(new Declared(
                                "order.copy",
                                Purpose.SHIPMENT,
                                SOME,
                                new Wants(FieldSet.of(AMOUNT), FieldSet.of(EMAIL), FieldSet.of(STREET)),
                                Declared.Effect.OUTSIDE)));
    }

    @Test
    @Clause("B7")
    void anAddressWhoseAnswerIsADisplaySaysToWhomInWhateverOrderItIsDeclared() {
        Address.Answering<Granted> answering =
                Address.of("order.look", Purpose.CUSTOMER_ASSISTANCE).as(all -> all);
        Set<Role> both = Set.of(Role.SUPPORT, Role.PRIVACY_OFFICER);

        assertThat(answering
                        .shownTo(Role.SUPPORT, Role.PRIVACY_OFFICER)
                        .answersOpening(EMAIL)
                        .as(all -> all)
                        .shownTo())
                .isEqualTo(both);
        assertThat(answering
                        .answersOpening(EMAIL)
                        .shownTo(Role.SUPPORT, Role.PRIVACY_OFFICER)
                        .as(all -> all)
                        .shownTo())
                .isEqualTo(both);
        assertThat(answering.answersOpening(EMAIL).as(all -> all).shownTo()).isEmpty();
    }

    @Test
    void anAddressThatCommitsItsLeafSaysSo() {
        assertThat(Address.of("order.keep", Purpose.SHIPMENT)
                        .commitsItsLeaf()
                        .as(all -> all)
                        .withoutAnswer()
                        .declared()
                        .effect())
                .isEqualTo(Declared.Effect.ONE_TRANSACTION);
    }

    @Test
    void aViewIsMadeOfWhatIsDeclaredAndGranted() {
        assertThat(granted.read(ORDER)).isEqualTo(RECORD);
        assertThat(granted.opened(NAME).reveal()).isEqualTo("Ada");
        assertThat(granted.carried(EMAIL)).isEqualTo(sealed("ada@example.org"));
        assertThat(granted.parties()).isEqualTo(Parties.of(BUYER, RECIPIENT, RECORD));
    }

    @Test
    @Clause("C1")
    void aViewThatAsksForWhatItsAddressDoesNotDeclareIsAMistakeRatherThanAnEmptyField() {
        assertThatThrownBy(() -> granted.readOrNull(AMOUNT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the address does not declare that it wants order.amount");
        assertThatThrownBy(() -> granted.openedOrNull(STREET)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> granted.openedOrNull(EMAIL))
                .as("declared to be carried, which is not to be opened")
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> granted.carriedOrNull(NAME)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRefusalIsKnownByItsCodeAndCarriesItsMarkersAlong() {
        Outcome<Long> refused = Outcome.refused(PrivacyRefusal.TOO_LATE, List.of("/lines/1"));
        assertThat(refused.map(value -> "done " + value))
                .isEqualTo(new Outcome.Refused<>("privacy.too-late", List.of("/lines/1")));
        assertThat(Outcome.done(1L).map(value -> "done " + value)).isEqualTo(Outcome.done("done 1"));
        assertThat(refused).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.is(PrivacyRefusal.TOO_LATE)).isTrue();
            assertThat(no.is(PrivacyRefusal.OVERLOADED)).isFalse();
        });
    }

    @Test
    void aGuardHoldsAtLeastOneParcelAndWaitsForSomeTime() {
        assertThat(new GuardSettings(Duration.ofNanos(1), 1).maxInHand()).isEqualTo(1);
        assertThatThrownBy(() -> new GuardSettings(Duration.ofNanos(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GuardSettings(Duration.ZERO, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
