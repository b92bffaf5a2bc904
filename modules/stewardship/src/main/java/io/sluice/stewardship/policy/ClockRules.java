package io.sluice.stewardship.policy;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The law's words about deadlines: every right has one, wherever a person lives (clause D7). */
final class ClockRules {

    private static final String UNITS = "calendar_months, calendar_days or business_days";

    private final Map<String, Jurisdiction> jurisdictions = new LinkedHashMap<>();
    private final Map<String, String> countries = new LinkedHashMap<>();

    private ClockRules() {}

    static Map<String, Jurisdiction> read(YamlSection section) {
        ClockRules rules = new ClockRules();
        for (String name : section.keys()) {
            rules.jurisdiction(name, section.section(name));
        }
        if (!section.has(Jurisdiction.ELSEWHERE)) {
            section.problem(
                    "lacks " + Jurisdiction.ELSEWHERE + ", which holds for everybody who lives in none of them");
        }
        return rules.jurisdictions;
    }

    private void jurisdiction(String name, YamlSection entry) {
        boolean isElsewhere = name.equals(Jurisdiction.ELSEWHERE);
        Set<String> where = isElsewhere
                ? Set.of()
                : new LinkedHashSet<>(entry.list("countries", ClockRules::country, "a country such as DE or US-CA"));
        if (where.isEmpty() && !isElsewhere) {
            entry.problem("names no country");
        }
        for (String country : where) {
            String other = countries.putIfAbsent(country, name);
            if (other != null) {
                entry.problem("countries", "names " + country + ", which " + other + " names already");
            }
        }
        Set<ZoneId> zones = isElsewhere
                ? Set.of()
                : new LinkedHashSet<>(entry.list("zones", ClockRules::zone, "a time zone such as Europe/Berlin"));
        if (zones.isEmpty() && !isElsewhere) {
            entry.problem("names no time zone");
        }
        Map<Right, ClockRule> clocks = new EnumMap<>(Right.class);
        for (Right right : Right.values()) {
            ClockRule clock = clock(entry.section(right.id()));
            if (clock != null) {
                clocks.put(right, clock);
            }
        }
        entry.nothingElse();
        jurisdictions.put(name, new Jurisdiction(where, zones, clocks));
    }

    private static Optional<String> country(String code) {
        return Jurisdiction.isPlace(code) ? Optional.of(code) : Optional.empty();
    }

    private static Optional<ZoneId> zone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }

    private static @Nullable ClockRule clock(YamlSection entry) {
        ClockRule.Span within = span(entry, "within");
        ClockRule.Start from = entry.value(
                "from",
                word -> YamlSection.word(ClockRule.Start.values(), word),
                "request_received or identity_confirmed");
        Boolean pauses = entry.value("pauses_for_identity", ClockRules::flag, "true or false");
        Boolean moves = entry.value("moves_to_working_day", ClockRules::flag, "true or false");
        Optional<ClockRule.Span> extension =
                entry.has("extension") ? Optional.ofNullable(span(entry, "extension")) : Optional.empty();
        String source = entry.text("source");
        entry.nothingElse();
        return within == null || from == null || pauses == null || moves == null || source == null
                ? null
                : new ClockRule(within, from, pauses, moves, extension, source);
    }

    private static ClockRule.@Nullable Span span(YamlSection entry, String key) {
        YamlSection span = entry.section(key);
        Integer amount = span.value("amount", ClockRules::amount, "a number from 1 to 366");
        ClockRule.Unit unit = span.value("unit", word -> YamlSection.word(ClockRule.Unit.values(), word), UNITS);
        span.nothingElse();
        return amount == null || unit == null ? null : new ClockRule.Span(amount, unit);
    }

    private static Optional<Integer> amount(String digits) {
        return digits.matches("[1-9][0-9]{0,2}")
                ? Optional.of(Integer.valueOf(digits)).filter(amount -> amount <= 366)
                : Optional.empty();
    }

    private static Optional<Boolean> flag(String word) {
        return switch (word) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
