package io.sluice.commerce.pricing;

import java.util.Optional;

/** The port to who knows what tax is due where. Answers at once: checkout waits for it. */
public interface TaxRates {

    /**
     * The rate for goods of that class, and for bringing them; empty if it is not known, and then nothing is sold there.
     *
     * @param taxClass the product's, such as {@code standard}
     */
    Optional<TaxRate> of(Destination to, String taxClass);

    /** Whether it matters where in that country. */
    boolean dividesCountry(String country);
}
