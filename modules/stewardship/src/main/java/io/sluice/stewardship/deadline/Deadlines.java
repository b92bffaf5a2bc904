package io.sluice.stewardship.deadline;

import io.sluice.stewardship.policy.Jurisdiction;
import io.sluice.stewardship.policy.Right;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds whose clock runs for a person, and sets it going. Where that is not known for certain, the clock that ends first counts, and
 * each reason for it is logged once.
 */
public final class Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    // a place that no jurisdiction names may be in any of them
    private static final Set<ZoneId> EVERYWHERE =
            ZoneId.getAvailableZoneIds().stream().map(ZoneId::of).collect(Collectors.toUnmodifiableSet());

    private final Holidays holidays;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    public Deadlines(Holidays holidays) {
        this.holidays = holidays;
    }

    /**
     * By when something that a person asked for is done. There is always an answer.
     *
     * @param clocks the law's, by jurisdiction
     * @param place where they live: a country by ISO 3166-1, or a part of one by ISO 3166-2; empty if nobody knows
     * @param start when what the rule counts from has happened
     */
    public Deadline deadline(Map<String, Jurisdiction> clocks, Right right, Optional<String> place, Instant start) {
        Deadline deadline = place.filter(Deadlines::isPlace)
                .map(known -> at(clocks, right, known, start))
                .orElseGet(() -> strictest(clocks, clocks.keySet(), right, start, Fallback.PLACE_UNKNOWN));
        deadline.fallback().ifPresent(why -> warn(why, right, deadline.jurisdiction()));
        return deadline;
    }

    private static boolean isPlace(String place) {
        return Jurisdiction.isPlace(place) && COUNTRIES.contains(place.substring(0, 2));
    }

    private Deadline at(Map<String, Jurisdiction> clocks, Right right, String place, Instant start) {
        Set<String> named = named(clocks, place::equals);
        if (named.isEmpty()) {
            named = named(clocks, place.substring(0, 2)::equals);
        }
        if (named.isEmpty() && place.length() == 2) {
            Set<String> perhaps = named(clocks, country -> country.startsWith(place + "-"));
            if (!perhaps.isEmpty()) {
                perhaps.add(Jurisdiction.ELSEWHERE);
                return strictest(clocks, perhaps, right, start, Fallback.PART_UNKNOWN);
            }
        }
        String jurisdiction = named.stream().findFirst().orElse(Jurisdiction.ELSEWHERE);
        Optional<Term> term = term(clocks, jurisdiction, right, Optional.of(place));
        if (term.isEmpty()) {
            return strictest(clocks, clocks.keySet(), right, start, Fallback.CLOCK_UNKNOWN);
        }
        int year = start.atZone(ZoneOffset.UTC).getYear();
        return term.get().asksForHolidays() && holidays.in(place, year).isEmpty()
                ? strictest(clocks, Set.of(jurisdiction), right, start, Fallback.HOLIDAYS_UNKNOWN)
                : Deadline.of(term.get(), start);
    }

    private static Set<String> named(Map<String, Jurisdiction> clocks, Predicate<String> country) {
        return clocks.entrySet().stream()
                .filter(each -> each.getValue().countries().stream().anyMatch(country))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** With every day a working day: no calendar of any place makes it earlier. */
    private Deadline strictest(
            Map<String, Jurisdiction> clocks, Collection<String> names, Right right, Instant start, Fallback why) {
        List<Term> terms = names.stream()
                .flatMap(name -> term(clocks, name, right, Optional.empty()).stream())
                .toList();
        return Deadline.strictest(terms, start, why);
    }

    private Optional<Term> term(Map<String, Jurisdiction> clocks, String name, Right right, Optional<String> calendar) {
        return Optional.ofNullable(clocks.get(name))
                .flatMap(jurisdiction -> Optional.ofNullable(
                                jurisdiction.clocks().get(right))
                        .map(rule -> new Term(name, rule, zones(jurisdiction), calendar, holidays)));
    }

    private static Set<ZoneId> zones(Jurisdiction jurisdiction) {
        return jurisdiction.zones().isEmpty() ? EVERYWHERE : jurisdiction.zones();
    }

    /** Once each. Where the person lives is theirs, and not logged. */
    private void warn(Fallback why, Right right, String jurisdiction) {
        if (warned.add(why + " " + right + " " + jurisdiction)) {
            LOG.warn(
                    "deadlines may be stricter than the law of the place reason={} right={} jurisdiction={}",
                    why,
                    right.id(),
                    jurisdiction);
        }
    }
}
