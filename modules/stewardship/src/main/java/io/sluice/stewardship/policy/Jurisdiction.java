package io.sluice.stewardship.policy;

import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The clocks of one place.
 *
 * @param countries by ISO 3166-1, or 3166-2 where a part of a country has its own; none for the rest of the world
 * @param zones in which a day may end there; none for the rest of the world, where it may end in any
 * @param clocks one for each right
 */
public record Jurisdiction(Set<String> countries, Set<ZoneId> zones, Map<Right, ClockRule> clocks) {

    /** Everybody who lives in no other. */
    public static final String ELSEWHERE = "elsewhere";

    private static final Pattern PLACE = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?");

    public Jurisdiction {
        countries = Set.copyOf(countries);
        zones = Set.copyOf(zones);
        clocks = Map.copyOf(clocks);
    }

    /** Whether the text has the form of a country's code, or of one of a part of a country. */
    public static boolean isPlace(String text) {
        return PLACE.matcher(text).matches();
    }

    public ClockRule clock(Right right) {
        return Objects.requireNonNull(clocks.get(right), () -> "no clock for " + right.id());
    }
}
