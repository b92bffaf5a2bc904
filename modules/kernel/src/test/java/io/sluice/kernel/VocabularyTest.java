package io.sluice.kernel;

import static io.sluice.kernel.Specimen.AGREEMENT;
import static io.sluice.kernel.Specimen.BUYER;
import static io.sluice.kernel.Specimen.PLACE;
import static io.sluice.kernel.Specimen.law;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

final class VocabularyTest {

    @Test
    @Clause("A3")
    void advertisingAndResaleAreNoPurposes() {
        assertThat(Purpose.of("advertising")).isEmpty();
        assertThat(Purpose.of("resale")).isEmpty();
        assertThat(Purpose.of("shipment")).contains(Purpose.SHIPMENT);
        assertThat(Purpose.values()).as("the list is closed").hasSize(7);
    }

    @Test
    @Clause("B7")
    void sealedAndPlainValuesPrintNothingOfThemselves() {
        assertThat(Plain.of("Ada Lovelace")).hasToString("•••");
        assertThat(Sealed.of(new byte[] {65, 66, 67})).hasToString("•••");
    }

    @Test
    void aValueTellsOfItsFirstReadingAndOfNoOther() {
        LongAdder readings = new LongAdder();
        Plain<String> counted = Plain.of("Ada").countedBy(readings);
        assertThat(counted).hasToString("•••");
        assertThat(readings.sum()).as("printed, not read").isZero();
        assertThat(counted.reveal()).isEqualTo("Ada");
        assertThat(counted.reveal()).isEqualTo("Ada");
        assertThat(readings.sum()).isEqualTo(1);
    }

    @Test
    void onlyWantOfTimeRoomOrFreshKnowledgeIsPassing() {
        assertThat(PrivacyRefusal.values())
                .filteredOn(PrivacyRefusal::isPassing)
                .containsExactlyInAnyOrder(
                        PrivacyRefusal.TOO_LATE,
                        PrivacyRefusal.SNAPSHOT_STALE,
                        PrivacyRefusal.LAW_UNCERTAIN,
                        PrivacyRefusal.OVERLOADED);
    }

    @Test
    void aCodeIsPassingIfItsRefusalIsAndAnothersNever() {
        assertThat(PrivacyRefusal.values())
                .allMatch(refusal -> PrivacyRefusal.isPassing(refusal.code()) == refusal.isPassing());
        assertThat(PrivacyRefusal.isPassing("session.ended")).isFalse();
        assertThat(PrivacyRefusal.isPassing("")).isFalse();
    }

    @Test
    void textOfEveryScriptSurvivesTheWire() throws IOException {
        for (String text : List.of("", "Ωmega", "山田太郎", "عبد الله", "🛍️", "x".repeat(70_000))) {
            assertThat(overTheWire(ValueType.TEXT, text)).isEqualTo(text);
        }
        assertThat(overTheWire(ValueType.listOf(ValueType.LONG), List.of(1L, -1L, Long.MAX_VALUE)))
                .containsExactly(1L, -1L, Long.MAX_VALUE);
    }

    @Test
    void aTextThatClaimsAnImpossibleLengthIsRefused() {
        DataInputStream hostile = new DataInputStream(new ByteArrayInputStream(new byte[] {0x7F, -1, -1, -1, 'a'}));
        assertThatThrownBy(() -> ValueType.TEXT.read(hostile)).isInstanceOf(IOException.class);
    }

    @Test
    void aListOfAsManyValuesAsTheWireCountsArrivesAndALongerOneIsNotSent() throws IOException {
        ValueType<List<Boolean>> flags = ValueType.listOf(ValueType.FLAG);
        assertThat(overTheWire(flags, Collections.nCopies(0xFFFF, true))).hasSize(0xFFFF);
        assertThatThrownBy(() -> overTheWire(flags, Collections.nCopies(0x10000, true)))
                .isInstanceOf(IOException.class)
                .hasMessage("list too long for the wire: 65536");
    }

    @Test
    void ciphertextsAreTheSameIfTheirBytesAre() {
        assertThat(Sealed.of(new byte[] {1, 2}).bytes()).containsExactly(1, 2);
        assertThat(Sealed.of(new byte[] {1, 2}))
                .isEqualTo(Sealed.of(new byte[] {1, 2}))
                .hasSameHashCodeAs(Sealed.of(new byte[] {1, 2}))
                .isNotEqualTo(Sealed.of(new byte[] {1, 3}))
                .isNotEqualTo("•••");
        assertThat(Sealed.of(new byte[] {1, 2}).hashCode())
                .isNotEqualTo(Sealed.of(new byte[] {1, 3}).hashCode());
    }

    @Test
    void aRoleIsKnownByItsIdAndAnUnknownOneIsNone() {
        for (Role role : Role.values()) {
            assertThat(Role.of(role.id())).contains(role);
        }
        assertThat(Role.of("auditor")).contains(Role.AUDITOR);
        assertThat(Role.of("superuser")).isEmpty();
    }

    @Test
    void aPersonHasTheRolesOfItsMaskAndNoOther() {
        SubjectSnapshot officer = new SubjectSnapshot(
                BUYER.subject(),
                1,
                0,
                Map.of(),
                false,
                0,
                Role.SUPPORT.mask() | Role.PRIVACY_OFFICER.mask(),
                "EU",
                new Lease(0, 0));
        assertThat(Arrays.stream(Role.values()).filter(officer::has))
                .containsExactly(Role.SUPPORT, Role.PRIVACY_OFFICER);
    }

    @Test
    @Clause("C2")
    void aDisclosureIsNeverLoggedAfterItHasBeenMade() {
        assertThatThrownBy(() -> contract(Contract.Logging.RIDES, Optional.of("carrier")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("order.place: a disclosure is logged before it is made");
        assertThat(contract(Contract.Logging.BEFORE, Optional.of("carrier")).partner())
                .contains("carrier");
        assertThat(contract(Contract.Logging.RIDES, Optional.empty()).partner()).isEmpty();
    }

    private static Contract contract(Contract.Logging logging, Optional<String> partner) {
        return new Contract(PLACE.address(), PLACE.purpose(), PLACE.request(), PLACE.reply(), logging, partner);
    }

    @Test
    void theLawIsAskedByAddressAndByPartner() {
        assertThat(law().contract("order.place")).contains(PLACE);
        assertThat(law().contract("order.palace")).isEmpty();
        assertThat(law().agreement("carrier")).contains(AGREEMENT);
        assertThat(law().agreement("courier")).isEmpty();
    }

    @Test
    void aPersonsIdPrintsAsItIsWritten() {
        assertThat(BUYER.subject()).hasToString("00000000-0000-0000-0000-000000000001");
    }

    private static <T> T overTheWire(ValueType<T> type, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        type.write(value, new DataOutputStream(bytes));
        return type.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
