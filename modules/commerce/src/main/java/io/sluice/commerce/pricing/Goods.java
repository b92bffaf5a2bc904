package io.sluice.commerce.pricing;

import io.sluice.commerce.money.Money;

/**
 * So many pieces of a product at its price in the shop window.
 *
 * @param taxClass by which its rate of tax is found
 */
public record Goods(String sku, int quantity, Money unitPrice, String taxClass) {

    public Goods {
        if (quantity < 1) {
            throw new IllegalArgumentException("goods are at least one piece");
        }
    }

    /** What they cost by the shop window. */
    public Money price() {
        return unitPrice.times(quantity);
    }
}
