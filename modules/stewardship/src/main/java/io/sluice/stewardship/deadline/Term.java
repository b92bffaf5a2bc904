package io.sluice.stewardship.deadline;

import io.sluice.stewardship.policy.ClockRule;
import io.sluice.stewardship.policy.ClockRule.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule of the law in the time zones and among the holidays of one place: counts days.
 *
 * @param jurisdiction its name in the law
 * @param zones the term ends in the one where it ends first
 * @param place whose holidays count; empty if every day is a working day, for want of anything better known
 */
record Term(String jurisdiction, ClockRule rule, Set<ZoneId> zones, Optional<String> place, Holidays holidays) {

    Term {
        zones = Set.copyOf(zones);
    }

    /** Whether anything depends on which days are working days. */
    boolean asksForHolidays() {
        return rule.movesToWorkingDay()
                || rule.within().unit() == ClockRule.Unit.BUSINESS_DAYS
                || rule.extension()
                        .filter(more -> more.unit() == ClockRule.Unit.BUSINESS_DAYS)
                        .isPresent();
    }

    /** The first moment at which it is too late. */
    Instant end(Instant start, List<Deadline.Pause> pauses, boolean isExtended) {
        return zones.stream()
                .map(zone -> end(zone, start, pauses, isExtended))
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException(jurisdiction + " has no time zone"));
    }

    private Instant end(ZoneId zone, Instant start, List<Deadline.Pause> pauses, boolean isExtended) {
        LocalDate day = last(start.atZone(zone).toLocalDate(), isExtended);
        if (rule.pausesForIdentity()) {
            for (Deadline.Pause pause : pauses) {
                boolean isMoved = day.isBefore(pause.from().atZone(zone).toLocalDate());
                // who is asked on a day that the term has moved to is asked in time, and gets back what is left from
                // there
                day = later(isMoved ? moved(day) : day, pause, zone);
            }
        }
        return moved(day).plusDays(1).atStartOfDay(zone).toInstant();
    }

    private LocalDate moved(LocalDate day) {
        return rule.movesToWorkingDay() ? plusWorkingDays(day.minusDays(1), 1) : day;
    }

    private LocalDate last(LocalDate start, boolean isExtended) {
        Optional<Span> more = isExtended ? rule.extension() : Optional.empty();
        Span within = rule.within();
        if (more.isEmpty()) {
            return plus(start, within);
        }
        // one month and two further ones are three from the start: the end of February does not shorten them
        return more.get().unit() == within.unit()
                ? plus(start, new Span(within.amount() + more.get().amount(), within.unit()))
                : plus(plus(start, within), more.get());
    }

    private LocalDate plus(LocalDate day, Span span) {
        return switch (span.unit()) {
            case CALENDAR_MONTHS -> day.plusMonths(span.amount());
            case CALENDAR_DAYS -> day.plusDays(span.amount());
            case BUSINESS_DAYS -> plusWorkingDays(day, span.amount());
        };
    }

    private LocalDate plusWorkingDays(LocalDate day, long amount) {
        LocalDate last = day;
        for (long left = amount; left > 0; ) {
            last = last.plusDays(1);
            if (isWorkingDay(last)) {
                left--;
            }
        }
        return last;
    }

    /**
     * The days that began while the clock stood still are given back, in business days those that would have been counted. It is never
     * too late before the pause is over, also not when it began on a day that the term had only moved to.
     */
    private LocalDate later(LocalDate day, Deadline.Pause pause, ZoneId zone) {
        LocalDate from = pause.from().atZone(zone).toLocalDate();
        LocalDate until = pause.until().atZone(zone).toLocalDate();
        boolean isInBusinessDays = rule.within().unit() == ClockRule.Unit.BUSINESS_DAYS;
        LocalDate counted = isInBusinessDays
                ? plusWorkingDays(day, workingDays(from, until))
                : day.plusDays(ChronoUnit.DAYS.between(from, until));
        LocalDate soonest = isInBusinessDays ? plusWorkingDays(until.minusDays(1), 1) : until;
        return counted.isBefore(soonest) ? soonest : counted;
    }

    /** How many there are after one day up to another. */
    private long workingDays(LocalDate from, LocalDate until) {
        return from.plusDays(1)
                .datesUntil(until.plusDays(1))
                .filter(this::isWorkingDay)
                .count();
    }

    private boolean isWorkingDay(LocalDate day) {
        return place.isEmpty() || !isWeekend(day) && !isHoliday(place.get(), day);
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private boolean isHoliday(String where, LocalDate day) {
        return holidays.in(where, day.getYear())
                .filter(days -> days.contains(day))
                .isPresent();
    }
}
