package io.sluice.commerce.pricing;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.money.Shares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What orders cost beyond their goods. The same goods to the same place always cost the same.
 *
 * <p>Bringing them is an ancillary to them: it is shared out among the lines by what their goods cost, and each share is taxed as they
 * are (for the EU: Directive 2006/112/EC, Article 78(b)). Tax is reckoned and rounded once for each rate, then shared out among the lines of
 * that rate. All shares are by the largest remainder.
 *
 * @param isTaxOnTop whether prices and rates are without tax; if not, it is in them
 */
public record Tariff(boolean isTaxOnTop, TaxRates taxes, ShippingRates shipping) {

    /**
     * What comes with each of the goods, in their order; empty if nothing is sold to there.
     *
     * @param goods of one currency, and worth something together
     */
    public Optional<List<Charge>> charges(Destination to, List<Goods> goods) {
        Money worth = goods.stream().map(Goods::price).reduce(Money::plus).orElseThrow();
        List<TaxRate> rates = new ArrayList<>();
        for (Goods each : goods) {
            taxes.of(to, each.taxClass()).ifPresent(rates::add);
        }
        Optional<Money> cost = shipping.of(to, worth);
        return cost.isEmpty() || rates.size() < goods.size()
                ? Optional.empty()
                : Optional.of(charges(goods, cost.get(), rates));
    }

    private List<Charge> charges(List<Goods> goods, Money cost, List<TaxRate> rates) {
        long[] prices = goods.stream().mapToLong(each -> each.price().minor()).toArray();
        long[] brought = Shares.of(cost.minor(), prices);
        long[] taxed = new long[prices.length];
        Map<TaxRate, List<Integer>> byRate = new HashMap<>();
        for (int i = 0; i < prices.length; i++) {
            taxed[i] = Math.addExact(prices[i], brought[i]);
            byRate.computeIfAbsent(rates.get(i), rate -> new ArrayList<>()).add(i);
        }
        long[] tax = new long[prices.length];
        byRate.forEach((rate, lines) -> {
            long[] bases = lines.stream().mapToLong(line -> taxed[line]).toArray();
            long base = Arrays.stream(bases).sum();
            long[] shares = Shares.of(isTaxOnTop ? rate.onTopOf(base) : rate.in(base), bases);
            for (int i = 0; i < bases.length; i++) {
                tax[lines.get(i)] = shares[i];
            }
        });
        List<Charge> charges = new ArrayList<>();
        for (int i = 0; i < prices.length; i++) {
            charges.add(new Charge(
                    new Money(brought[i], cost.currency()),
                    rates.get(i),
                    new Money(tax[i], cost.currency()),
                    isTaxOnTop));
        }
        return charges;
    }

    /** Whether more than the country must be known of where goods go in it. */
    public boolean dividesCountry(String country) {
        return taxes.dividesCountry(country) || shipping.dividesCountry(country);
    }
}
