package io.sluice.stewardship.deadline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holidays by Jollyday's calendars. They lack China's, which its government sets anew for each year. Not for an event loop: the first
 * question about a place reads its file.
 */
public final class JollydayHolidays implements Holidays {

    // Jollyday has them as public holidays, but by the place's law shops may be open, or only some towns or trades rest
    private static final Map<String, Set<String>> DOUBTFUL = Map.ofEntries(
            Map.entry("BR", Set.of("CARNIVAL", "ASH_WEDNESDAY", "CORPUS_CHRISTI")),
            Map.entry("CY", Set.of("EASTER_TUESDAY", "CHRISTMAS_EVE")),
            Map.entry("FI", Set.of("MIDSUMMER_EVE", "CHRISTMAS_EVE")),
            Map.entry("GR", Set.of("THREE_HIERARCHS", "WHIT_MONDAY")),
            Map.entry(
                    "IS",
                    Set.of(
                            "EPIPHANY",
                            "HUSBANDS_DAY",
                            "INTERNATIONAL_WOMAN",
                            "BEER_DAY",
                            "MOTHERS_DAY",
                            "JONSMESSA",
                            "LANGUAGE_DAY",
                            "SELF_GOVERNANCE",
                            "CHRISTMAS_EVE",
                            "NEW_YEARS_EVE")),
            Map.entry("JP", Set.of("EMPERORS_BIRTHDAY")),
            Map.entry("LI", Set.of("CANDLEMAS", "ST_JOSEPH")),
            Map.entry("NL", Set.of("LIBERATION")),
            Map.entry("SE", Set.of("MIDSUMMER_EVE", "CHRISTMAS_EVE", "NEW_YEARS_EVE")),
            Map.entry("SK", Set.of("VICTORY", "VIRGIN_MARY", "FREEDOM_DEMOCRACY")),
            Map.entry("US", Set.of("INDIGENOUS_PEOPLES_DAY", "COLUMBUS_DAY", "DAY_AFTER_THANKSGIVING")));

    // where people rest on Fridays, or on Sundays alone: our working days are not theirs
    private static final Set<String> OTHER_WEEKENDS = Set.of(
            "AF", "BD", "BH", "DJ", "DZ", "EG", "IN", "IQ", "IR", "JO", "KW", "LY", "MV", "OM", "PS", "QA", "SA", "SD",
            "SO", "SY", "UG", "YE");

    private final Set<String> known = HolidayManager.getSupportedCalendarCodes().stream()
            .filter(country -> !OTHER_WEEKENDS.contains(country))
            .collect(Collectors.toUnmodifiableSet());

    private final Cache<Asked, Set<LocalDate>> days =
            Caffeine.newBuilder().maximumSize(1_000).build();

    private record Asked(String country, String part, int year) {}

    @Override
    public Optional<Set<LocalDate>> in(String place, int year) {
        String[] words = place.split("-", 2);
        String part = words.length == 1 ? "" : words[1].toLowerCase(Locale.ROOT);
        // asking for another country would throw
        return known.contains(words[0])
                ? Optional.of(days.get(new Asked(words[0], part, year), JollydayHolidays::read))
                : Optional.empty();
    }

    private static Set<LocalDate> read(Asked asked) {
        Set<String> doubtful = DOUBTFUL.getOrDefault(asked.country(), Set.of());
        return HolidayManager.getInstance(ManagerParameters.create(asked.country()))
                .getHolidays(Year.of(asked.year()), HolidayType.PUBLIC_HOLIDAY, asked.part())
                .stream()
                .filter(holiday -> !doubtful.contains(name(holiday)))
                .map(Holiday::getDate)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Without the religion that some bear before it. */
    private static String name(Holiday holiday) {
        String key = holiday.getPropertiesKey();
        return key.substring(key.lastIndexOf('.') + 1);
    }
}
