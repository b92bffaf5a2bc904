package io.sluice.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Clause("A5")
class CardNumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111", // Visa
                "4222222222222", // Visa of 13 digits
                "5555555555554444", // Mastercard
                "2223003122003222", // Mastercard, the newer range
                "378282246310005", // American Express
                "30569309025904", // Diners Club
                "38520000023237",
                "6011111111111117", // Discover
                "3530111333300000", // JCB
                "6200000000000005", // UnionPay
                "6759649826438453", // Maestro
                "2200000000000004" // Mir
            })
    void aNumberOfEachIssuerIsFound(String number) {
        assertThat(CardNumbers.isIn(number)).isTrue();
        assertThat(CardNumbers.isIn(withAnotherLastDigit(number)))
                .as("without its check digit it is no card number")
                .isFalse();
    }

    private static String withAnotherLastDigit(String number) {
        int last = number.charAt(number.length() - 1) - '0';
        return number.substring(0, number.length() - 1) + (last + 1) % 10;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "4111–1111—1111‑1111", // en dash, em dash, no-break hyphen
                "4111\u00a01111\u202f1111\u30001111", // spaces of other kinds
                "4111\u200b1111\u200d1111\u00ad1111", // not seen at all
                "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
                "4111 - 1111 - 1111 - 1111",
                "٤١١١١١١١١١١١١١١١", // Arabic-Indic
                "۴۱۱۱ ۱۱۱۱ ۱۱۱۱ ۱۱۱۱", // Persian
                "४१११११११११११११११", // Devanagari
                "４１１１１１１１１１１１１１１１", // full-width
                "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏", // mathematical, outside the basic plane
                "④①①①①①①①①①①①①①①①",
                "四一一一一一一一一一一一一一一一", // Han
                "4111 ١١١١ 1111 １１１１" // mixed
            })
    void spacesDashesAndScriptsDoNotHideIt(String text) {
        assertThat(CardNumbers.isIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "leave it with 4111111111111111, please",
                "card:4111111111111111.",
                "4111 1111 1111 1111 12/27",
                "4111111111111111 123",
                "Flat 12 4111-1111-1111-1111",
                "1 4111111111111111 1",
                "straße4111111111111111x",
                "+4111111111111111"
            })
    void whatStandsBesideItDoesNotHideIt(String text) {
        assertThat(CardNumbers.isIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4111111111111112", // check digit
                "411111111111", // too short
                "9999999999999995", // nobody's prefix
                "1234567890123452",
                "41111111111111111111", // an unbroken row of twenty
                "4111 1111 1111, 1111", // a comma is neither space nor dash
                "4111.1111.1111.1111",
                "4111a111111111111111",
                "tel 0170 1234567, fax 0170 7654321",
                "DE89 3704 0044 0532 0130 00",
                "12/27 08:30, room 1204, 3rd floor",
                "Straße des 17. Juni 135, 10623 Berlin",
                "〒150-0001 東京都渋谷区神宮前一丁目二番三号",
                "550e8400-e29b-41d4-a716-446655440000",
                "½ ¼ ¾ ½ ¼ ¾ ½ ¼ ¾ ½ ¼ ¾ ½ ¼ ¾ ½"
            })
    void otherTextsAreLeftAlone(String text) {
        assertThat(CardNumbers.isIn(text)).isFalse();
    }

    @Test
    void anIdIsLeftAloneThoughItsDigitsWouldMakeACardNumber() {
        assertThat(CardNumbers.isIn("4111-1111-8111-1108"))
                .as("the same digits elsewhere are a card number")
                .isTrue();

        assertThat(CardNumbers.isIn("abcdefab-4111-1111-8111-1108abcdefab")).isFalse();
        assertThat(CardNumbers.isIn("ABCDEFAB-4111-1111-8111-1108ABCDEFAB")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcdefab-4111-1111-8111-1108abcdefab ", // more than an id
                "pay abcdefab-4111-1111-8111-1108abcdefab",
                "abcdefab-4111-9111-8111-1101abcdefab", // no version 9
                "abcdefab-4111-1111-1111-1103abcdefab" // another variant
            })
    void whatOnlyLooksLikeAnIdIsSearched(String text) {
        assertThat(CardNumbers.isIn(text)).isTrue();
    }

    @Test
    void everyGroupingOfARandomCardNumberIsFound() {
        Random random = new Random(20_261_123);
        for (int i = 0; i < 2_000; i++) {
            String number = randomVisa(random);
            StringBuilder text = new StringBuilder("7 ");
            for (char digit : number.toCharArray()) {
                text.append(digit);
                if (random.nextInt(4) == 0) {
                    text.append(random.nextBoolean() ? ' ' : '-');
                }
            }
            assertThat(CardNumbers.isIn(text.toString()))
                    .as("seed 20261123, round %d", i)
                    .isTrue();
        }
    }

    @Test
    void aLongTextOfDigitsIsSearchedInNoTime() {
        String digits = "1 ".repeat(32 * 1024);

        assertThat(CardNumbers.isIn(digits)).isFalse();
        assertThat(CardNumbers.isIn(digits + "4111111111111111")).isTrue();
    }

    private static String randomVisa(Random random) {
        StringBuilder number = new StringBuilder("4");
        while (number.length() < 15) {
            number.append(random.nextInt(10));
        }
        return List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).stream()
                .map(digit -> number.toString() + digit)
                .filter(candidate -> sum(candidate) % 10 == 0)
                .findFirst()
                .orElseThrow();
    }

    // the rule of the standard once more, said another way
    private static int sum(String number) {
        int sum = 0;
        for (int i = number.length() - 1; i >= 0; i -= 2) {
            sum += number.charAt(i) - '0';
        }
        for (int i = number.length() - 2; i >= 0; i -= 2) {
            int doubled = 2 * (number.charAt(i) - '0');
            sum += doubled / 10 + doubled % 10;
        }
        return sum;
    }
}
