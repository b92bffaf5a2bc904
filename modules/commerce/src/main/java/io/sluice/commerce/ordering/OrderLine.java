package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.pricing.Charge;
import io.sluice.commerce.pricing.Goods;

/** One line, with its price and what comes with it frozen at order time. */
public record OrderLine(Goods goods, Charge charge) {

    public String sku() {
        return goods.sku();
    }

    public int quantity() {
        return goods.quantity();
    }

    /** All that is to be paid for it: goods, its share of bringing them, and tax. */
    public Money total() {
        return goods.price().plus(charge.added());
    }

    /** The tax in that. */
    public Money tax() {
        return charge.tax();
    }
}
