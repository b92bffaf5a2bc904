package io.sluice.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
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
    void onlyWantOfTimeRoomOrFreshKnowledgeIsPassing() {
        assertThat(PrivacyRefusal.values())
                .filteredOn(PrivacyRefusal::isPassing)
                .containsExactlyInAnyOrder(
                        PrivacyRefusal.TOO_LATE, PrivacyRefusal.SNAPSHOT_STALE, PrivacyRefusal.OVERLOADED);
    }

    @Test
    void aCodeIsPassingIfItsRefusalIsAndAnothersNever() {
        assertThat(PrivacyRefusal.values())
                .allMatch(refusal -> PrivacyRefusal.isPassing(refusal.code()) == refusal.isPassing());
        assertThat(PrivacyRefusal.isPassing("session.ended")).isFalse();
        assertThat(PrivacyRefusal.isPassing("")).isFalse();
    }

    @Test
    void twoFieldsShareNeitherIdNorName() {
        Field<String> one = Field.operational(1, "one", ValueType.TEXT);
        assertThatThrownBy(() -> Catalogue.of(List.of(one, Field.operational(1, "two", ValueType.TEXT))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Catalogue.of(List.of(one, Field.operational(2, "one", ValueType.TEXT))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Field.operational(64, "far", ValueType.TEXT))
                .isInstanceOf(IllegalArgumentException.class);
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
    void idsAreVersion7AndInOrderEvenWithinAMillisecondAndWhenTheClockStepsBack() {
        long[] millis = {5_000};
        Ids ids = new Ids(() -> Instant.ofEpochMilli(millis[0]), new java.util.Random(1));
        UUID last = ids.next();
        for (int i = 0; i < 10_000; i++) {
            if (i == 5_000) {
                millis[0] = 4_000;
            }
            UUID next = ids.next();
            assertThat(next.version()).isEqualTo(7);
            assertThat(next.variant()).isEqualTo(2);
            assertThat(next.toString()).isGreaterThan(last.toString());
            last = next;
        }
        assertThat(Ids.secure(InstantSource.system()).next().version()).isEqualTo(7);
    }

    private static <T> T overTheWire(ValueType<T> type, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        type.write(value, new DataOutputStream(bytes));
        return type.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
