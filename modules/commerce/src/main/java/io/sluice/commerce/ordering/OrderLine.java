package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;

/** One line with its price frozen at order time. */
public record OrderLine(String sku, int quantity, Money unitPrice) {

    public OrderLine {
        if (quantity < 1) {
            throw new IllegalArgumentException("a line holds at least one piece");
        }
    }

    public Money total() {
        return unitPrice.times(quantity);
    }
}
