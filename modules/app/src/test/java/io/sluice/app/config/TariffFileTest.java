package io.sluice.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.pricing.Charge;
import io.sluice.commerce.pricing.Destination;
import io.sluice.commerce.pricing.Goods;
import io.sluice.commerce.pricing.Tariff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a merchant writes down what orders cost beyond their goods, and what is wrong with it if something is. */
final class TariffFileTest {

    private static final Path SHIPPED = Path.of("../../config/tariff.yaml");

    @TempDir
    Path folder;

    @Test
    void theShippedFileTaxesTheDemosFoodAtHomeAndNothingAbroadAndBringsItForNothing() {
        Tariff tariff = TariffFile.read(SHIPPED);
        assertThat(charge(tariff, "DE", "reduced").tax().minor()).isEqualTo(70);
        assertThat(charge(tariff, "FI", "standard").rate().percent()).isEqualByComparingTo("25.5");
        assertThat(charge(tariff, "JP", "standard").tax().minor()).isZero();
        assertThat(charge(tariff, "DE", "reduced").added()).isEqualTo(Money.zero("EUR"));
    }

    @Test
    void ratesMayBeFlatOrByWorthAndTaxMayComeOnTop() throws IOException {
        Tariff tariff = read("""
                prices: exclude_tax
                tax: {elsewhere: {standard: 10}}
                shipping:
                  DE: {EUR: 490}
                  "NO": {EUR: {0: 990, 1000: 590}}
                """);
        assertThat(charge(tariff, "DE", "standard").shipping().minor()).isEqualTo(490);
        assertThat(charge(tariff, "NO", "standard").shipping().minor()).isEqualTo(590);
        assertThat(charge(tariff, "NO", "standard").isTaxOnTop()).isTrue();
    }

    @Test
    void everythingThatIsWrongIsNamedWithItsLine() throws IOException {
        String said = refused("""
                prices: gross
                tax:
                  DE: {standard: 19%}
                  FR: {standard: 101}
                  IT: 22
                shipping:
                  DE: {EUR: 4.90}
                discounts: {DE: 5}
                """);
        assertThat(said)
                .contains("prices (", "tariff.yaml:1", "include_tax or exclude_tax")
                .contains("tax.DE.standard (", "tariff.yaml:3", "a percentage such as 19")
                .contains("tax.FR.standard (", "tariff.yaml:4")
                .contains("tax.IT (", "tariff.yaml:5", "is not known")
                .contains("shipping.DE.EUR (", "tariff.yaml:7", "minor units")
                .contains("discounts.DE (", "tariff.yaml:8");
    }

    @Test
    void aFileThatIsNotThereOrSaysTooLittleIsRefused() throws IOException {
        assertThat(catchThrowableOfType(ConfigRefused.class, () -> TariffFile.read(folder.resolve("none.yaml"))))
                .hasMessageContaining("none.yaml")
                .hasMessageContaining("no such file");
        String tax = "tax: {elsewhere: {standard: 0}}\n";
        String shipping = "shipping: {elsewhere: {EUR: 0}}\n";
        String prices = "prices: include_tax\n";
        assertThat(refused(tax + shipping)).contains("says nothing of prices");
        assertThat(refused(prices + tax)).contains("names no rate");
        assertThat(refused(prices + shipping)).contains("names no rate");
        assertThat(refused(prices + shipping + "tax: {DE: {reduced: 7}}\n")).contains("DE has no rate for standard");
        assertThat(refused(prices + tax + "shipping: {Germany: {EUR: 0}}\n")).contains("Germany is no place");
        assertThat(refused(prices + tax + "shipping: {DE: {EUR: {100: 0}}}\n")).contains("begin with goods worth 0");
    }

    private static Charge charge(Tariff tariff, String country, String taxClass) {
        return tariff.charges(
                        new Destination(country, null), List.of(new Goods("x", 1, new Money(1070, "EUR"), taxClass)))
                .orElseThrow()
                .getFirst();
    }

    private Tariff read(String text) throws IOException {
        return TariffFile.read(Files.writeString(folder.resolve("tariff.yaml"), text));
    }

    private String refused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("tariff.yaml"), text);
        return Objects.requireNonNull(catchThrowableOfType(ConfigRefused.class, () -> TariffFile.read(file)))
                .problems()
                .toString();
    }
}
