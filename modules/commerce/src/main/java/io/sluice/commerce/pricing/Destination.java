package io.sluice.commerce.pricing;

import io.sluice.kernel.Plain;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where goods go, as far as their costs depend on it. It prints nothing of that: of an order it is personal.
 *
 * @param country ISO 3166-1 alpha-2
 * @param region part of it, as the customer wrote it; only an ISO 3166-2 code, with or without the country, is understood
 */
public record Destination(String country, @Nullable String region) {

    /** Of what was granted to be opened; this is where it is read. */
    public static Destination of(Plain<String> country, @Nullable Plain<String> region) {
        return new Destination(country.reveal(), region == null ? null : region.reveal());
    }

    /** Of a code as {@link #code} makes it. */
    public static Destination ofCode(String code) {
        return code.length() > 2
                ? new Destination(code.substring(0, 2), code.substring(3))
                : new Destination(code, null);
    }

    /** Both in one text, for questions that are about nobody. */
    public String code() {
        return region == null ? country : country + "-" + region;
    }

    /** The ISO 3166-2 code that the region would have, such as {@code US-CA}; the country alone if none was named. */
    String subdivision() {
        if (region == null) {
            return country;
        }
        String code = region.strip().toUpperCase(Locale.ROOT);
        return code.startsWith(country + "-") ? code : country + "-" + code;
    }

    @Override
    public String toString() {
        return "Destination[•••]";
    }
}
