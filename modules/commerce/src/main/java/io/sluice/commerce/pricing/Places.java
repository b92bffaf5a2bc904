package io.sluice.commerce.pricing;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table by destination: countries (ISO 3166-1 alpha-2), parts of countries (ISO 3166-2), and a row for all that is not named.
 *
 * <p>A part's row comes before its country's, and that before {@link #ELSEWHERE}. A country of which only parts are named is not
 * elsewhere: whoever forgot a part, or wrote it in words, must not get what nobody meant for it.
 */
public final class Places<T> {

    /** The row of every place that is not named. */
    public static final String ELSEWHERE = "elsewhere";

    private final Map<String, T> rows;
    private final Set<String> divided;

    public Places(Map<String, T> rows) {
        rows.keySet().stream()
                .filter(place -> !place.matches("[A-Z]{2}(-[A-Z0-9]{1,3})?|" + ELSEWHERE))
                .findFirst()
                .ifPresent(place -> {
                    throw new IllegalArgumentException(place
                            + " is no place; say a country such as DE, a part of one such as US-CA, or " + ELSEWHERE);
                });
        this.rows = Map.copyOf(rows);
        this.divided = rows.keySet().stream()
                .filter(place -> place.indexOf('-') > 0)
                .map(place -> place.substring(0, 2))
                .collect(Collectors.toUnmodifiableSet());
    }

    Optional<T> find(Destination to) {
        T part = rows.get(to.code());
        if (part != null) {
            return Optional.of(part);
        }
        T country = rows.get(to.country());
        return country != null || divided.contains(to.country())
                ? Optional.ofNullable(country)
                : Optional.ofNullable(rows.get(ELSEWHERE));
    }

    /** Whether parts of that country have rows of their own. */
    boolean divides(String country) {
        return divided.contains(country);
    }
}
