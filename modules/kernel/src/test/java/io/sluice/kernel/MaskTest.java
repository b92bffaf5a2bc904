package io.sluice.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Clause("B7")
final class MaskTest {

    private static final Field<String> STREET = Specimen.STREET;
    private static final Field<String> CITY = Field.personal(5, "delivery.city", Level.P1, Owner.ADDRESSEE);
    private static final Field<String> METHOD = Field.personal(6, "payment.method", Level.P3, Owner.BUYER);

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "HIDDEN   | Skogsgatan 4             | •••",
                "HIDDEN   | ''                       | •••",
                "INITIALS | Nora Lind                | N••• L•••",
                "INITIALS | ' Nora   van der Lind '  | N••• v••• d••• L•••",
                "INITIALS | Zoë                      | Z•••",
                "INITIALS | 山田 太郎                | 山••• 太•••",
                "INITIALS | 山田　太郎               | 山••• 太•••",
                "INITIALS | (Nora) 'Lind'            | N••• L•••",
                "INITIALS | Nora — 🛍️                | N••• ••• •••",
                "INITIALS | 𝒩ora                     | 𝒩•••",
                "INITIALS | ''                       | •••",
                "INITIALS | '  '                     | •••",
                "LAST4    | +46701234567             | •••4567",
                "LAST4    | 12345678                 | •••5678",
                "LAST4    | 1234567                  | •••",
                "LAST4    | ''                       | •••",
                "LAST4    | 12345𝟔𝟕𝟖9                | •••𝟔𝟕𝟖9",
                "LAST4    | 𝟏𝟐𝟑𝟒                     | •••",
                "MAILBOX  | ada@example.org          | a•••@example.org",
                "MAILBOX  | \"a@b\"@example.org      | a•••@example.org",
                "MAILBOX  | @example.org             | •••@example.org",
                "MAILBOX  | 🛍️@example.org           | •••@example.org",
                "MAILBOX  | ada                      | •••",
                "MAILBOX  | ''                       | •••",
            })
    void aMaskShowsWhatItsNameSays(Mask mask, String value, String shown) {
        assertThat(mask.shown(value)).isEqualTo(shown);
    }

    @Test
    void valuesOfEveryLengthThatLookAlikeBehindTheirMaskAreShownAlike() {
        for (int more = 0; more < 40; more++) {
            String rest = "x".repeat(more);
            assertThat(Mask.HIDDEN.shown("a" + rest)).isEqualTo(Mask.HIDDEN.shown("a"));
            assertThat(Mask.INITIALS.shown("a" + rest + " b" + rest)).isEqualTo("a••• b•••");
            assertThat(Mask.LAST4.shown("aaaa" + rest + "1234")).isEqualTo("•••1234");
            assertThat(Mask.MAILBOX.shown("a" + rest + "@b.c")).isEqualTo("a•••@b.c");
        }
    }

    @Test
    void halfASurrogatePairIsNoLetter() {
        assertThat(Mask.INITIALS.shown("\uD83D \uDE00")).isEqualTo("••• •••");
        assertThat(Mask.MAILBOX.shown("\uD83D@b.c")).isEqualTo("•••@b.c");
    }

    @Test
    void aMaskIsKnownByItsIdAndByNothingElse() {
        assertThat(Arrays.stream(Mask.values())
                        .map(mask -> Mask.named(mask.id()).orElseThrow()))
                .containsExactly(Mask.values());
        for (String no : List.of("", "HIDDEN", "first4")) {
            assertThat(Mask.named(no)).isEmpty();
        }
    }

    @Test
    void aFieldIsShownByItsMaskAndASensitiveOneWithoutIsHidden() {
        Masks masks = new Masks(Map.of("delivery.line1", Mask.INITIALS));

        assertThat(shown(masks, STREET)).isEqualTo("N••• L•••");
        assertThat(shown(Masks.NONE, STREET)).as("P2").isEqualTo("•••");
        assertThat(shown(masks, METHOD)).as("P3").isEqualTo("•••");
        assertThat(shown(masks, CITY)).as("P1").isEqualTo("Nora Lind");
        assertThat(shown(new Masks(Map.of("delivery.city", Mask.HIDDEN)), CITY)).isEqualTo("•••");
    }

    @Test
    void twoMasksThatAgreeAreKeptAndTwoThatDifferHide() {
        Masks one = new Masks(Map.of("delivery.line1", Mask.INITIALS));
        Masks same = new Masks(Map.of("delivery.line1", Mask.INITIALS, "delivery.city", Mask.LAST4));
        Masks other = new Masks(Map.of("delivery.line1", Mask.LAST4));

        assertThat(shown(one.and(same), STREET)).isEqualTo("N••• L•••");
        assertThat(shown(one.and(other), STREET)).isEqualTo("•••");
        assertThat(shown(other.and(one), STREET)).isEqualTo("•••");
        assertThat(shown(one.and(Masks.NONE), STREET)).isEqualTo("•••");
        assertThat(shown(Masks.NONE.and(one), STREET)).isEqualTo("•••");
        assertThat(shown(one.and(same), CITY)).as("one of the two masks it").isEqualTo("•••");
        assertThat(shown(one.and(one), CITY)).as("neither does").isEqualTo("Nora Lind");
    }

    @Test
    void theWholeValueStaysWhereItWas() {
        Plain<String> whole = Plain.of("Nora Lind");

        assertThat(Masks.NONE.shown(STREET, whole).reveal()).isEqualTo("•••");
        assertThat(whole.reveal()).isEqualTo("Nora Lind");
    }

    private static String shown(Masks masks, Field<String> field) {
        return masks.shown(field, Plain.of("Nora Lind")).reveal();
    }
}
