package io.sluice.commerce.pricing;

import io.sluice.kernel.Plain;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where goods go, as far as their costs depend on it. It prints nothing of that: of an order it is personal.
 *
 * @param country ISO 3166-1 alpha-2
 * @param region part of it, by its ISO 3166-2 code without the country; null as well where it was written otherwise, and is not understood
 */
public record Destination(String country, @Nullable String region) {

    /** Takes the region as a customer writes it, with or without the country. */
    public Destination {
        region = code(country, region);
    }

    private static @Nullable String code(String country, @Nullable String written) {
        if (written == null) {
            return null;
        }
        String code = written.strip().toUpperCase(Locale.ROOT);
        String part = code.startsWith(country + "-") ? code.substring(country.length() + 1) : code;
        return part.matches("[A-Z0-9]{1,3}") ? part : null;
    }

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

    /** As ISO 3166-2 has it, such as {@code US-CA}; the country alone if no region is known. */
    public String code() {
        return region == null ? country : country + "-" + region;
    }

    @Override
    public String toString() {
        return "Destination[•••]";
    }
}
