package io.sluice.commerce.pricing;

import io.sluice.commerce.money.Money;
import java.util.Map;
import java.util.Optional;

/** What orders of tests cost where their costs do not matter. */
public final class Tariffs {

    /** Goods are brought everywhere for nothing. */
    public static final ShippingRates FREE = new ShippingRates() {
        @Override
        public Optional<Money> of(Destination to, Money goods) {
            return Optional.of(Money.zero(goods.currency()));
        }

        @Override
        public boolean dividesCountry(String country) {
            return false;
        }
    };

    /** Prices are all that there is to pay, and no tax is in them. */
    public static final Tariff NOTHING =
            new Tariff(false, new TaxTable(Map.of(Places.ELSEWHERE, Map.of(TaxTable.STANDARD, new TaxRate(0)))), FREE);

    private Tariffs() {}
}
