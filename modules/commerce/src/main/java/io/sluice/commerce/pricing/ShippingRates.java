package io.sluice.commerce.pricing;

import io.sluice.commerce.money.Money;
import java.util.Optional;

/** The port to who knows what it costs to bring goods somewhere. Answers at once: checkout waits for it. */
public interface ShippingRates {

    /**
     * What it costs, in the goods' currency; empty if nobody brings them there, or not for that currency.
     *
     * @param goods what they cost themselves
     */
    Optional<Money> of(Destination to, Money goods);

    /** Whether it matters where in that country. */
    boolean dividesCountry(String country);
}
