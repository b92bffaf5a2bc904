package io.sluice.app.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.json.CardNumbers;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Field;
import io.sluice.kernel.Level;
import io.sluice.kernel.Owner;
import io.sluice.stewardship.api.StewardshipFields;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CanariesTest {

    private static final Catalogue CATALOGUE =
            Catalogue.of(Stream.<Field<?>>concat(CommerceFields.ALL.stream(), StewardshipFields.ALL.stream())
                    .toList());

    @Test
    void everyPersonalFieldOfTheCatalogueHasItsOwn() {
        Canaries canaries = new Canaries(CATALOGUE, new Random(1));

        assertThat(canaries.all())
                .extracting(Canary::name)
                .containsExactlyInAnyOrderElementsOf(CATALOGUE.names(CATALOGUE.personal()));
        assertThat(canaries.all()).flatExtracting(Canary::marks).doesNotHaveDuplicates();
    }

    @Test
    void aNewPersonalFieldWithoutOneIsNamed() {
        Field<String> shoeSize = Field.personal(63, "account.shoe_size", Level.P1, Owner.BUYER);
        Catalogue larger = Catalogue.of(
                Stream.concat(CATALOGUE.fields().stream(), Stream.of(shoeSize)).toList());

        assertThatThrownBy(() -> new Canaries(larger, new Random(1)))
                .hasMessage("a personal field without a canary: account.shoe_size");
    }

    @Test
    void whoeverWasNotSentIsIdle() {
        Canaries canaries = new Canaries(CATALOGUE, new Random(1));

        String sent = canaries.of(CommerceFields.DELIVERY_CITY);

        assertThat(sent).isNotEmpty();
        assertThat(canaries.idle()).contains("delivery.name").doesNotContain("delivery.city", "account.credential");
    }

    @Test
    void aCardNumberIsOneAndNothingElseIs() {
        for (int seed = 0; seed < 200; seed++) {
            Canaries canaries = new Canaries(CATALOGUE, new Random(seed));

            assertThat(CardNumbers.isIn(canaries.card("card"))).isTrue();
            assertThat(canaries.all())
                    .filteredOn(canary -> !List.of("~card", "delivery.phone").contains(canary.name()))
                    .noneMatch(canary -> CardNumbers.isIn(canary.planted()));
        }
    }
}
