package io.sluice.commerce.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.commerce.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What orders cost beyond their goods: tax and shipping by where they go, to the minor unit. */
final class TariffTest {

    private static final Destination GERMANY = new Destination("DE", null);
    private static final Map<String, TaxRate> GERMAN = Map.of("standard", percent("19"), "reduced", percent("7"));
    private static final Goods BOOK = goods(1, 1070, "reduced");
    private static final Goods LAMP = goods(1, 1190, "standard");

    @Test
    void taxThatIsInPricesIsTakenOutOfThem() {
        List<Charge> charges = included(Map.of("DE", GERMAN), flat(0))
                .charges(GERMANY, List.of(BOOK, LAMP))
                .orElseThrow();
        assertThat(charges).extracting(one -> one.tax().minor()).containsExactly(70L, 190L);
        assertThat(charges).extracting(one -> one.added().minor()).containsExactly(0L, 0L);
    }

    @Test
    void taxThatIsNotInPricesComesOnTop() {
        Tariff tariff = new Tariff(true, new TaxTable(Map.of("DE", GERMAN)), flat(0));
        List<Charge> charges = tariff.charges(GERMANY, List.of(goods(1, 1000, "reduced"), goods(2, 500, "standard")))
                .orElseThrow();
        assertThat(charges).extracting(one -> one.tax().minor()).containsExactly(70L, 190L);
        assertThat(charges).extracting(one -> one.added().minor()).containsExactly(70L, 190L);
    }

    @Test
    void shippingIsSharedOutByWhatTheGoodsCostAndTaxedAsTheyAre() {
        Tariff tariff = new Tariff(true, new TaxTable(Map.of("DE", GERMAN)), flat(500));
        List<Charge> charges = tariff.charges(GERMANY, List.of(goods(1, 1000, "reduced"), goods(3, 1000, "standard")))
                .orElseThrow();
        assertThat(charges).extracting(one -> one.shipping().minor()).containsExactly(125L, 375L);
        // 7 % of 11.25 are 0.7875, and 19 % of 33.75 are 6.4125
        assertThat(charges).extracting(one -> one.tax().minor()).containsExactly(79L, 641L);
    }

    @Test
    void taxIsRoundedOnceForEachRateAndNotForEachLine() {
        Tariff tariff = new Tariff(true, new TaxTable(Map.of("DE", GERMAN)), flat(0));
        // 19 % of 0.10 are 0.019: rounded for each line it would be 0.06
        List<Charge> charges = tariff.charges(
                        GERMANY, List.of(goods(1, 10, "standard"), goods(1, 10, "standard"), goods(1, 10, "standard")))
                .orElseThrow();
        assertThat(charges).extracting(one -> one.tax().minor()).containsExactly(2L, 2L, 2L);
        charges = tariff.charges(GERMANY, List.of(goods(1, 7, "standard"), goods(1, 7, "standard")))
                .orElseThrow();
        assertThat(charges).extracting(one -> one.tax().minor()).containsExactly(2L, 1L);
    }

    @Test
    void aClassThatAPlaceDoesNotNameIsTaxedThereAsStandard() {
        List<Charge> charges = included(Map.of("DE", GERMAN), flat(0))
                .charges(GERMANY, List.of(goods(1, 1190, "wine")))
                .orElseThrow();
        assertThat(charges.getFirst().rate()).isEqualTo(percent("19"));
        assertThatThrownBy(() -> new TaxTable(Map.of("DE", Map.of("reduced", percent("7")))))
                .hasMessageContaining("DE")
                .hasMessageContaining("standard");
    }

    @Test
    void nothingIsSoldWhereNoTaxIsKnown() {
        Tariff tariff = included(Map.of("DE", GERMAN), flat(0));
        assertThat(tariff.charges(new Destination("FR", null), List.of(BOOK))).isEmpty();
        assertThat(tariff.charges(GERMANY, List.of(BOOK))).isPresent();
    }

    @Test
    void nothingIsSoldWhereNobodyBringsItOrNotForThatCurrency() {
        Tariff tariff = included(Map.of("elsewhere", GERMAN), byWorth("DE", Map.of(0L, 490L)));
        assertThat(tariff.charges(new Destination("FR", null), List.of(BOOK))).isEmpty();
        assertThat(tariff.charges(GERMANY, List.of(new Goods("x", 1, new Money(100, "JPY"), "standard"))))
                .isEmpty();
    }

    @Test
    void aPartComesBeforeItsCountryAndThatBeforeElsewhere() {
        Tariff tariff = included(
                Map.of(
                        "US-CA", rate("7.25"),
                        "US-NY", rate("8.875"),
                        "CA", rate("5"),
                        "CA-QC", rate("14.975"),
                        "elsewhere", rate("0")),
                flat(0));
        assertThat(rate(tariff, "US", "CA")).isEqualTo(percent("7.25"));
        assertThat(rate(tariff, "US", " us-ny ")).isEqualTo(percent("8.875"));
        assertThat(rate(tariff, "CA", "QC")).isEqualTo(percent("14.975"));
        assertThat(rate(tariff, "CA", "ON")).isEqualTo(percent("5"));
        assertThat(rate(tariff, "CH", "ZH")).isEqualTo(percent("0"));
    }

    @Test
    void aCountryOfWhichOnlyPartsAreNamedIsNotElsewhere() {
        Tariff tariff = included(Map.of("US-CA", rate("7.25"), "elsewhere", rate("0")), flat(0));
        assertThat(tariff.charges(new Destination("US", "California"), List.of(BOOK)))
                .as("not written as its code")
                .isEmpty();
        assertThat(tariff.charges(new Destination("US", "NV"), List.of(BOOK))).isEmpty();
        assertThat(tariff.charges(new Destination("US", null), List.of(BOOK))).isEmpty();
        assertThat(tariff.dividesCountry("US")).isTrue();
        assertThat(tariff.dividesCountry("CH")).isFalse();
    }

    @Test
    void whatIsNoPlaceIsRefused() {
        for (String noPlace : List.of("Germany", "de", "US_CA", "DEU", "")) {
            assertThatThrownBy(() -> new Places<>(Map.of(noPlace, 1)))
                    .as(noPlace)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shippingCostsByWhatTheGoodsAreWorth() {
        Tariff tariff = included(Map.of("DE", GERMAN), byWorth("DE", Map.of(0L, 490L, 5_000L, 290L, 10_000L, 0L)));
        assertThat(shipping(tariff, 4_999)).isEqualTo(490);
        assertThat(shipping(tariff, 5_000)).isEqualTo(290);
        assertThat(shipping(tariff, 10_000)).isZero();
    }

    @Test
    void ratesThatDoNotBeginAtNothingOrFallBelowItAreRefused() {
        assertThatThrownBy(() -> byWorth("DE", Map.of(100L, 490L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> byWorth("DE", Map.of(0L, -1L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> byWorth("DE", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShippingTable(Map.of("DE", Map.of("EURO", new TreeMap<>(Map.of(0L, 0L))))))
                .hasMessageContaining("EURO");
    }

    @Test
    void aRateIsAPercentageToTheThousandth() {
        assertThat(percent("8.875").percent()).isEqualByComparingTo("8.875");
        assertThat(percent("20").percent().toString()).isEqualTo("20");
        assertThatThrownBy(() -> percent("8.8755")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> percent("101")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> percent("-1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whateverIsOrderedTheSharesComeToTheWhole() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            boolean isTaxOnTop = random.nextBoolean();
            TaxRate standard = new TaxRate(random.nextInt(30_000));
            TaxRate reduced = new TaxRate(random.nextInt(10_000));
            long cost = random.nextInt(2_000);
            Tariff tariff = new Tariff(
                    isTaxOnTop,
                    new TaxTable(Map.of("DE", Map.of("standard", standard, "reduced", reduced))),
                    flat(cost));
            List<Goods> goods = new ArrayList<>();
            for (int line = random.nextInt(6); line >= 0; line--) {
                goods.add(goods(
                        1 + random.nextInt(5),
                        1 + random.nextInt(5_000),
                        random.nextBoolean() ? "standard" : "reduced"));
            }
            List<Charge> charges = tariff.charges(GERMANY, goods).orElseThrow();

            assertThat(charges.stream().mapToLong(one -> one.shipping().minor()).sum())
                    .as("seed %d", seed)
                    .isEqualTo(cost);
            for (TaxRate rate : List.of(standard, reduced)) {
                long base = 0;
                long tax = 0;
                for (int i = 0; i < goods.size(); i++) {
                    if (charges.get(i).rate().equals(rate)) {
                        base += goods.get(i)
                                .price()
                                .plus(charges.get(i).shipping())
                                .minor();
                        tax += charges.get(i).tax().minor();
                    }
                }
                assertThat(tax).as("seed %d", seed).isEqualTo(isTaxOnTop ? rate.onTopOf(base) : rate.in(base));
            }
        }
    }

    @Test
    void aRegionThatIsNotWrittenAsItsCodeIsForgottenAtOnce() {
        assertThat(new Destination("US", "us-ca").region()).isEqualTo("CA");
        assertThat(new Destination("US", "c/o Anna Berg").region()).isNull();
        assertThat(Destination.ofCode(new Destination("US", "CA").code())).isEqualTo(new Destination("US", "CA"));
    }

    @Test
    void aDestinationPrintsNothingOfWhereItIs() {
        assertThat(new Destination("DE", "BY").toString()).doesNotContain("DE", "BY");
    }

    private static long shipping(Tariff tariff, long worth) {
        return tariff.charges(GERMANY, List.of(goods(1, worth, "standard")))
                .orElseThrow()
                .getFirst()
                .shipping()
                .minor();
    }

    private static TaxRate rate(Tariff tariff, String country, String region) {
        return tariff.charges(new Destination(country, region), List.of(BOOK))
                .orElseThrow()
                .getFirst()
                .rate();
    }

    private static Tariff included(Map<String, Map<String, TaxRate>> rates, ShippingRates shipping) {
        return new Tariff(false, new TaxTable(rates), shipping);
    }

    private static ShippingRates flat(long cost) {
        return byWorth(Places.ELSEWHERE, Map.of(0L, cost));
    }

    private static ShippingRates byWorth(String place, Map<Long, Long> steps) {
        NavigableMap<Long, Long> table = new TreeMap<>(steps);
        return new ShippingTable(Map.of(place, Map.of("EUR", table)));
    }

    private static Map<String, TaxRate> rate(String percent) {
        return Map.of("standard", percent(percent));
    }

    private static TaxRate percent(String percent) {
        return TaxRate.ofPercent(new BigDecimal(percent));
    }

    private static Goods goods(int quantity, long price, String taxClass) {
        return new Goods("sku", quantity, new Money(price, "EUR"), taxClass);
    }
}
