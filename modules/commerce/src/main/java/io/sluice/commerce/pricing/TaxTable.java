package io.sluice.commerce.pricing;

import java.util.Map;
import java.util.Optional;

/** Rates by destination and class of goods. A class that a place does not name is taxed there as {@link #STANDARD}. */
public final class TaxTable implements TaxRates {

    /** The class of goods about which nobody has said anything else. */
    public static final String STANDARD = "standard";

    private final Places<Map<String, TaxRate>> places;

    /** @param rates by place, and there by class; each place names {@link #STANDARD} */
    public TaxTable(Map<String, Map<String, TaxRate>> rates) {
        rates.forEach((place, classes) -> {
            if (!classes.containsKey(STANDARD)) {
                throw new IllegalArgumentException(
                        place + " has no rate for " + STANDARD + ", which every place needs");
            }
        });
        this.places = new Places<>(rates);
    }

    @Override
    public Optional<TaxRate> of(Destination to, String taxClass) {
        return places.find(to)
                .flatMap(classes -> Optional.ofNullable(classes.get(taxClass))
                        .or(() -> Optional.ofNullable(classes.get(STANDARD))));
    }

    @Override
    public boolean dividesCountry(String country) {
        return places.divides(country);
    }
}
