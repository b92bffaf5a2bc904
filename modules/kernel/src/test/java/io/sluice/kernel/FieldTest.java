package io.sluice.kernel;

import static io.sluice.kernel.Specimen.AMOUNT;
import static io.sluice.kernel.Specimen.EMAIL;
import static io.sluice.kernel.Specimen.NAME;
import static io.sluice.kernel.Specimen.ORDER;
import static io.sluice.kernel.Specimen.STREET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Fields, their levels, and sets of them. */
final class FieldTest {

    @Test
    void anIdIsOneOfTheSixtyFourBits() {
        assertThat(Field.operational(0, "first", ValueType.TEXT).mask()).isEqualTo(1L);
        assertThat(Field.operational(63, "last", ValueType.TEXT).mask()).isEqualTo(Long.MIN_VALUE);
        assertThatThrownBy(() -> Field.operational(-1, "near", ValueType.TEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("field id out of 0..63: -1 for near");
        assertThatThrownBy(() -> Field.operational(64, "far", ValueType.TEXT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatSaysSomethingAboutAPersonIsPersonalAtEveryLevelButTheLowest() {
        assertThat(Arrays.stream(Level.values()).filter(Level::isPersonal))
                .containsExactly(Level.P1, Level.P2, Level.P3);
        assertThat(Field.personal(1, "name", Level.P1, Owner.BUYER).isPersonal())
                .isTrue();
        assertThat(Field.operational(1, "order", ValueType.TEXT).isPersonal()).isFalse();
    }

    @Test
    void aPersonalFieldOfTheLowestLevelIsAContradiction() {
        assertThatThrownBy(() -> Field.personal(1, "name", Level.P0, Owner.BUYER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name: a personal field is of level P1 to P3");
    }

    @Test
    void aFieldPrintsItsName() {
        assertThat(NAME).hasToString("delivery.name");
    }

    @Test
    void aSetHoldsWhatWasPutInAndNothingElse() {
        FieldSet set = FieldSet.of(ORDER, NAME);
        assertThat(set.contains(ORDER)).isTrue();
        assertThat(set.contains(NAME)).isTrue();
        assertThat(set.contains(AMOUNT)).isFalse();
        assertThat(set.size()).isEqualTo(2);
        assertThat(set.isEmpty()).isFalse();
        assertThat(FieldSet.NONE.isEmpty()).isTrue();
        assertThat(FieldSet.NONE.size()).isZero();
    }

    @Test
    void setsAreUnitedCutAndTakenFromEachOther() {
        FieldSet one = FieldSet.of(ORDER, NAME);
        FieldSet other = FieldSet.of(NAME, EMAIL);
        assertThat(one.and(other)).isEqualTo(FieldSet.of(NAME));
        assertThat(one.or(other)).isEqualTo(FieldSet.of(ORDER, NAME, EMAIL));
        assertThat(one.without(other)).isEqualTo(FieldSet.of(ORDER));
    }

    @Test
    void aSetContainsItsPartsAndNoSetThatHoldsMore() {
        FieldSet set = FieldSet.of(ORDER, NAME);
        assertThat(set.containsAll(FieldSet.NONE)).isTrue();
        assertThat(set.containsAll(set)).isTrue();
        assertThat(set.containsAll(FieldSet.of(NAME, STREET))).isFalse();
        assertThat(FieldSet.NONE.containsAll(set)).isFalse();
    }

    @Test
    @Clause("C1")
    void wishesAreCoveredOnlyIfEachOfTheThreeListsIs() {
        Wants allowed = new Wants(FieldSet.of(ORDER), FieldSet.of(NAME), FieldSet.of(EMAIL));
        assertThat(allowed.covers(allowed)).isTrue();
        assertThat(allowed.covers(Wants.NOTHING)).isTrue();
        assertThat(allowed.covers(new Wants(FieldSet.of(AMOUNT), FieldSet.NONE, FieldSet.NONE)))
                .isFalse();
        assertThat(allowed.covers(new Wants(FieldSet.NONE, FieldSet.of(EMAIL), FieldSet.NONE)))
                .as("what may be carried may not therefore be opened")
                .isFalse();
        assertThat(allowed.covers(new Wants(FieldSet.NONE, FieldSet.NONE, FieldSet.of(NAME))))
                .isFalse();
        assertThat(allowed.all()).isEqualTo(FieldSet.of(ORDER, NAME, EMAIL));
    }
}
