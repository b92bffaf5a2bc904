package io.sluice.kernel;

import static io.sluice.kernel.Specimen.AMOUNT;
import static io.sluice.kernel.Specimen.CATALOGUE;
import static io.sluice.kernel.Specimen.EMAIL;
import static io.sluice.kernel.Specimen.NAME;
import static io.sluice.kernel.Specimen.ORDER;
import static io.sluice.kernel.Specimen.STREET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the code knows, by id and by name. */
final class CatalogueTest {

    @Test
    void twoFieldsShareNeitherIdNorName() {
        Field<String> one = Field.operational(1, "one", ValueType.TEXT);
        Field<String> two = Field.operational(2, "two", ValueType.TEXT);
        assertThat(Catalogue.of(List.of(one, two)).fields()).containsExactly(one, two);
        assertThatThrownBy(() -> Catalogue.of(List.of(one, Field.operational(1, "two", ValueType.TEXT))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("catalogued twice, by id or by name: 1 two");
        assertThatThrownBy(() -> Catalogue.of(List.of(one, Field.operational(2, "one", ValueType.TEXT))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFieldIsFoundByItsNameAndByItsIdAndAnUnknownOneByNeither() {
        assertThat(CATALOGUE.named("delivery.name")).contains(NAME);
        assertThat(CATALOGUE.named("delivery.fax")).isEmpty();
        assertThat(CATALOGUE.withId(ORDER.id())).contains(ORDER);
        assertThat(CATALOGUE.withId(63)).isEmpty();
    }

    @Test
    void anIdThatNoFieldCanHaveIsUnknownRatherThanAnError() {
        assertThat(CATALOGUE.withId(-1)).isEmpty();
        assertThat(CATALOGUE.withId(64)).isEmpty();
        assertThat(CATALOGUE.withId(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void theFieldsOfASetAreThoseThatAreCatalogued() {
        assertThat(CATALOGUE.fields(new FieldSet(EMAIL.mask() | ORDER.mask() | 1L << 40)))
                .containsExactly(ORDER, EMAIL);
        assertThat(CATALOGUE.fields(FieldSet.NONE)).isEmpty();
    }

    @Test
    void theNamesOfASetAreSortedAndWhatNobodyCataloguedShowsAsANumber() {
        assertThat(CATALOGUE.names(FieldSet.of(ORDER, AMOUNT, EMAIL)))
                .containsExactly("contact.email", "order.amount", "order.id");
        assertThat(CATALOGUE.names(new FieldSet(AMOUNT.mask() | 1L << 40))).containsExactly("#40", "order.amount");
        assertThat(CATALOGUE.names(FieldSet.NONE)).isEmpty();
    }

    @Test
    void itKnowsWhichFieldsArePersonalAndWhichOfTheseAreTheAddressees() {
        Catalogue catalogue = Catalogue.of(List.of(
                ORDER,
                NAME,
                STREET,
                EMAIL,
                new Field<>(9, "delivery.slot", Level.P0, Owner.ADDRESSEE, ValueType.TEXT)));
        assertThat(catalogue.personal()).isEqualTo(FieldSet.of(NAME, STREET, EMAIL));
        assertThat(catalogue.addressees())
                .as("what says nothing about a person asks nobody's leave")
                .isEqualTo(FieldSet.of(NAME, STREET));
    }
}
