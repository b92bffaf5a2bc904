package io.sluice.commerce.pricing;

import io.sluice.commerce.money.Money;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Flat rates, or by what the goods are worth, for each destination and currency. */
public final class ShippingTable implements ShippingRates {

    private final Places<Map<String, NavigableMap<Long, Long>>> places;

    /**
     * @param rates by place, and there by currency: from goods worth so much on it costs so much, both in minor units; each begins
     *     at 0
     */
    public ShippingTable(Map<String, Map<String, NavigableMap<Long, Long>>> rates) {
        rates.forEach((place, currencies) -> currencies.forEach(ShippingTable::check));
        this.places = new Places<>(rates);
    }

    private static void check(String currency, NavigableMap<Long, Long> steps) {
        if (!Money.isCurrency(currency)) {
            throw new IllegalArgumentException(currency + " is no ISO 4217 currency");
        }
        boolean isWhole = !steps.isEmpty()
                && steps.firstKey() == 0
                && steps.values().stream().allMatch(cost -> cost >= 0 && cost <= Integer.MAX_VALUE);
        if (!isWhole) {
            throw new IllegalArgumentException("rates begin with goods worth 0, and none is below 0");
        }
    }

    @Override
    public Optional<Money> of(Destination to, Money goods) {
        return places.find(to)
                .flatMap(currencies -> Optional.ofNullable(currencies.get(goods.currency())))
                .map(steps -> new Money(steps.floorEntry(goods.minor()).getValue(), goods.currency()));
    }

    @Override
    public boolean dividesCountry(String country) {
        return places.divides(country);
    }
}
