package io.sluice.commerce.pricing;

import io.sluice.commerce.money.Money;

/**
 * What comes with one line's goods.
 *
 * @param shipping the line's share of what bringing the order costs
 * @param rate of the tax on both
 * @param tax on the goods and on that share
 * @param isTaxOnTop whether the tax comes on top of prices and rates; if not, it is in them
 */
public record Charge(Money shipping, TaxRate rate, Money tax, boolean isTaxOnTop) {

    /** What it adds to the price of the goods. */
    public Money added() {
        return isTaxOnTop ? shipping.plus(tax) : shipping;
    }
}
